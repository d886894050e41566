import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Toasts } from "./toasts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("one subject has one toast: the answer to my own press takes its place", () => {
  const toasts = new Toasts();
  toasts.mention("chat", "Ben took Vera’s chat");
  toasts.say("chat", "Ben already took this chat.");
  toasts.mention("chat", "Ben took Vera’s chat");
  expect(toasts.shown.value.map(({ text }) => text)).toEqual(["Ben already took this chat."]);
});

test("a toast leaves by itself or when it is dismissed", () => {
  const toasts = new Toasts();
  toasts.say("one", "1");
  toasts.say("two", "2");
  toasts.drop("one");
  expect(toasts.shown.value).toHaveLength(1);
  vi.advanceTimersByTime(6_000);
  expect(toasts.shown.value).toHaveLength(0);
});
