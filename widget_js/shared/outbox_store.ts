import type { Open, Say, UUID } from "./protocol";

/** One command that must reach the server, and what came of it. `failed`: the code of its refusal; only the person goes on. */
export interface Item {
  readonly cid: UUID;
  readonly command: Open | Say;
  readonly at: number;
  readonly failed: string | null;
}

export interface Store {
  all(): Promise<Item[]>;
  put(item: Item): Promise<void>;
  remove(cid: UUID): Promise<void>;
}

/** The database of one writer on this device. `writer` keeps people who share a browser apart; `otherwise`: no database is given to us. */
export async function openStore(writer: string, otherwise: () => Store = inMemory): Promise<Store> {
  try {
    return overDatabase(await opened(`switchboard:outbox:${writer}`));
  } catch {
    return otherwise();
  }
}

export function inMemory(): Store {
  const items = new Map<UUID, Item>();
  return {
    all: async () => inOrder([...items.values()]),
    put: async (item) => void items.set(item.cid, item),
    remove: async (cid) => void items.delete(cid),
  };
}

function overDatabase(database: IDBDatabase): Store {
  const items = (mode: IDBTransactionMode) => database.transaction("items", mode).objectStore("items");
  return {
    all: async () => inOrder(await done<Item[]>(items("readonly").getAll())),
    put: async (item) => void (await done(items("readwrite").put(item))),
    remove: async (cid) => void (await done(items("readwrite").delete(cid))),
  };
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("items", { keyPath: "cid" });
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** A cid is a UUIDv7: its order is the order of writing. */
export function inOrder(items: readonly Item[]): Item[] {
  return [...items].sort((one, other) => (one.cid < other.cid ? -1 : 1));
}
