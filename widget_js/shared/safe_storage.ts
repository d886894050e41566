/** Storage that a browser may forbid (third-party frames, private windows): then nothing is kept and nothing breaks. */
export interface SafeStorage {
  /** False when the browser refused; what is written is then lost with the page. */
  readonly lasting: boolean;
  read(key: string): string | null;
  write(key: string, value: string | null): void;
  keys(prefix: string): string[];
}

export function safely(open: () => Storage): SafeStorage {
  const memory = new Map<string, string>();
  const storage = opened(open);
  return {
    lasting: storage !== null,
    read: (key) => (storage === null ? (memory.get(key) ?? null) : (got(storage, key) ?? memory.get(key) ?? null)),
    write(key, value) {
      if (value === null) memory.delete(key);
      else memory.set(key, value);
      put(storage, key, value);
    },
    keys: (prefix) => [...new Set([...memory.keys(), ...stored(storage)])].filter((key) => key.startsWith(prefix)),
  };
}

function stored(storage: Storage | null): string[] {
  try {
    return Object.keys(storage ?? {});
  } catch {
    return [];
  }
}

function opened(open: () => Storage): Storage | null {
  try {
    const storage = open();
    storage.setItem("switchboard:probe", "1");
    storage.removeItem("switchboard:probe");
    return storage;
  } catch {
    return null;
  }
}

function got(storage: Storage, key: string): string | null {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

function put(storage: Storage | null, key: string, value: string | null): void {
  try {
    if (value === null) storage?.removeItem(key);
    else storage?.setItem(key, value);
  } catch {
    return; // full: the copy in memory serves until the page goes
  }
}
