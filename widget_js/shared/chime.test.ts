import { afterEach, expect, test, vi } from "vitest";
import { Chime } from "./chime";
import { safely } from "./safe_storage";

afterEach(() => vi.unstubAllGlobals());

/** Counts notes; a sound is possible only after a touch, as in browsers. */
function aRoom() {
  const page = new EventTarget();
  const notes: number[] = [];
  class Context {
    currentTime = 0;
    state = "running";
    destination = {};
    createOscillator() {
      return { frequency: { value: 0 }, connect: (to: unknown) => to, start: (at: number) => void notes.push(at), stop: () => undefined };
    }
    createGain() {
      const gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined };
      return { gain, connect: () => undefined };
    }
  }
  const held = new Set<string>();
  const locks = {
    request: async (name: string, _options: object, work: (lock: object | null) => Promise<void>) => {
      if (held.has(name)) return work(null);
      held.add(name);
      await work({});
      held.delete(name);
    },
  };
  vi.stubGlobal("AudioContext", Context);
  vi.stubGlobal("navigator", { locks });
  const touch = () => page.dispatchEvent(new Event("pointerdown"));
  const kept = new Map<string, string>();
  const storage = safely(() => ({ getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) }) as unknown as Storage);
  return { page, notes, touch, storage };
}

test("two notes, once a moment, and none before somebody touched the page", () => {
  const { page, notes, touch, storage } = aRoom();
  const chime = new Chime(storage, page);
  chime.ring(10_000);
  expect(notes).toEqual([]);
  touch();
  chime.ring(10_000);
  chime.ring(10_200);
  expect(notes).toHaveLength(2);
});

test("muted stays muted after a reload", () => {
  const { page, notes, touch, storage } = aRoom();
  new Chime(storage, page).mute(true);
  const again = new Chime(storage, page);
  touch();
  again.ring(5_000);
  expect([again.isMuted.value, notes]).toEqual([true, []]);
  again.mute(false);
  again.ring(9_000);
  expect(notes).toHaveLength(2);
  expect(new Chime(storage, page).isMuted.value).toBe(false);
});

test("of two tabs that hear of it one rings", () => {
  const { page, notes, touch, storage } = aRoom();
  const tabs = [new Chime(storage, page), new Chime(storage, page)];
  touch();
  for (const tab of tabs) tab.ring(10_000);
  expect(notes).toHaveLength(2);
});
