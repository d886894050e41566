import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { safely } from "../shared/safe_storage";
import { Bell } from "./bell";

let sounds = 0;
let touched: Record<string, () => void> = {};

class FakeContext {
  state = "suspended";
  currentTime = 0;
  destination = {};
  resume = async () => void (this.state = "running");
  createOscillator = () => ({ frequency: { value: 0 }, connect: <T>(next: T) => next, start: () => void sounds++, stop: () => undefined });
  createGain = () => ({ gain: { setValueAtTime: () => 0, linearRampToValueAtTime: () => 0, exponentialRampToValueAtTime: () => 0 }, connect: () => undefined });
}

beforeEach(() => {
  [sounds, touched] = [0, {}];
  vi.useFakeTimers();
  vi.stubGlobal("AudioContext", FakeContext);
  vi.stubGlobal("addEventListener", (name: string, act: () => void) => (touched[name] = act));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function storage() {
  const kept = new Map<string, string>();
  const of = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text), removeItem: (key: string) => void kept.delete(key) };
  return safely(() => of as unknown as Storage);
}

test("it rings again and again until it is hushed, once the person has touched the page", () => {
  const bell = new Bell(storage());
  bell.ring();
  expect(sounds).toBe(0);
  touched["keydown"]!();
  vi.advanceTimersByTime(3_000);
  bell.ring(); // rings already
  const once = sounds;
  vi.advanceTimersByTime(3_000);
  expect([once > 0, sounds]).toEqual([true, 2 * once]);
  bell.hush();
  vi.advanceTimersByTime(30_000);
  expect(sounds).toBe(2 * once);
});

test("who switched it off hears nothing, also after a reload", () => {
  const kept = storage();
  const bell = new Bell(kept);
  touched["pointerdown"]!();
  bell.mute(true);
  bell.ring();
  const later = new Bell(kept);
  touched["pointerdown"]!();
  later.ring();
  vi.advanceTimersByTime(9_000);
  expect([sounds, later.isMuted.value]).toEqual([0, true]);
});
