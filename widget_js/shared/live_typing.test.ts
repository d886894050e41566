import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveTyping } from "./live_typing";
import { anEntry, CHAT } from "./log_cast";
import type { Side } from "./protocol";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function aComposer(side: Side) {
  const sent: string[] = [];
  const line = { isUp: true };
  const typing = new LiveTyping((command) => line.isUp && sent.push(command.text) > 0, side);
  return { sent, line, typing, seen: () => typing.seen.value.get(CHAT) };
}

test("a visitor's text goes out at most every half second, the newest at last", () => {
  const { sent, typing } = aComposer("visitor");
  for (const text of ["W", "Wh", "What"]) typing.write(CHAT, text);
  expect(sent).toEqual(["W"]);
  vi.advanceTimersByTime(600);
  expect(sent).toEqual(["W", "What"]);
});

test("what stands there is said again every two seconds, until nobody has changed it for twenty", () => {
  const { sent, typing } = aComposer("visitor");
  typing.write(CHAT, "Half a sentence");
  vi.advanceTimersByTime(1_900);
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(3_000);
  expect(sent).toEqual(Array(3).fill("Half a sentence"));
  vi.advanceTimersByTime(60_000);
  expect(sent.length).toBeLessThanOrEqual(11);
  expect(sent.length).toBeGreaterThanOrEqual(9);
});

test("whoever has left the composer is not said to write, also when the line was down as they left", () => {
  const { sent, line, typing } = aComposer("visitor");
  typing.write(CHAT, "Hi");
  vi.advanceTimersByTime(1_000);
  line.isUp = false;
  typing.write(CHAT, "");
  vi.advanceTimersByTime(3_000);
  line.isUp = true;
  vi.advanceTimersByTime(10_000);
  expect(sent).toEqual(["Hi", ""]);
});

test("in any second no more than two go out, however fast people write", () => {
  const { typing } = aComposer("visitor");
  const at: number[] = [];
  const fast = new LiveTyping(() => at.push(Date.now()) > 0, "visitor");
  for (let tenth = 0; tenth < 100; tenth += 1) {
    fast.write(CHAT, `${tenth}`);
    vi.advanceTimersByTime(100);
  }
  for (const pause of [1_900, 2_050, 300, 2_600]) {
    vi.advanceTimersByTime(pause);
    fast.write(CHAT, `after ${pause}`);
  }
  expect(typing.seen.value.size).toBe(0);
  for (const [place, moment] of at.entries()) expect((at[place + 2] ?? Infinity) - moment).toBeGreaterThanOrEqual(1_000);
});

test("only the end of a long text leaves the device, and no half of a character", () => {
  const { sent, typing } = aComposer("visitor");
  typing.write(CHAT, `${"🚲".repeat(400)}x`);
  expect(sent[0]!.length).toBeLessThanOrEqual(500);
  expect(sent[0]).toMatch(/^(🚲)+x$/u);
});

test("an agent's words stay with them: the visitor learns that they write, and again while they go on", () => {
  const { sent, typing } = aComposer("agent");
  for (let key = 0; key < 50; key += 1) {
    typing.write(CHAT, `private ${key}`);
    vi.advanceTimersByTime(100);
  }
  expect(new Set(sent)).toEqual(new Set(["…"]));
  expect(sent.length).toBeGreaterThanOrEqual(2);
  expect(sent.length).toBeLessThanOrEqual(4);
  const before = sent.length;
  vi.advanceTimersByTime(60_000);
  expect(sent).toHaveLength(before);
});

test("an emptied composer is said once, and nothing when nothing was said before", () => {
  const { sent, typing } = aComposer("visitor");
  typing.write(CHAT, "");
  typing.write(CHAT, "Hi");
  vi.advanceTimersByTime(1_000);
  for (const _ of [1, 2]) {
    typing.write(CHAT, " ");
    vi.advanceTimersByTime(1_000);
  }
  expect(sent).toEqual(["Hi", ""]);
});

test("what was not sent on a dead line is not taken for said, and goes out by itself when it is back", () => {
  const { sent, line, typing } = aComposer("visitor");
  line.isUp = false;
  typing.write(CHAT, "H");
  vi.advanceTimersByTime(5_000);
  expect(sent).toEqual([]);
  line.isUp = true;
  typing.write(CHAT, "Hi");
  expect(sent).toEqual(["Hi"]);
  line.isUp = false;
  typing.write(CHAT, "Hi there");
  vi.advanceTimersByTime(5_000);
  line.isUp = true;
  vi.advanceTimersByTime(2_000);
  expect(sent).toEqual(["Hi", "Hi there"]);
});

test("what the other side writes is seen for five seconds of silence", () => {
  const { typing, seen } = aComposer("agent");
  typing.receive({ t: "typing", chat: CHAT, from: "visitor", text: "so would" });
  vi.advanceTimersByTime(4_000);
  typing.receive({ t: "typing", chat: CHAT, from: "visitor", text: "so would the 54" });
  vi.advanceTimersByTime(4_900);
  expect(seen()).toBe("so would the 54");
  vi.advanceTimersByTime(200);
  expect(seen()).toBeUndefined();
});

test("it ends at once with the message itself, when it is emptied, and when the line breaks", () => {
  const { typing, seen } = aComposer("agent");
  const writes = () => typing.receive({ t: "typing", chat: CHAT, from: "visitor", text: "so" });
  writes();
  typing.receive({ t: "message", chat: CHAT, entry: anEntry(3, "agent", "mine") });
  expect(seen()).toBe("so");
  typing.receive({ t: "message", chat: CHAT, entry: anEntry(4, "visitor", "so would") });
  expect(seen()).toBeUndefined();
  writes();
  typing.receive({ t: "typing", chat: CHAT, from: "visitor", text: "" });
  expect(seen()).toBeUndefined();
  writes();
  typing.disconnected();
  expect(seen()).toBeUndefined();
});

test("a page that goes away says at once that nobody writes there", () => {
  const { sent, typing } = aComposer("visitor");
  typing.leave();
  typing.write(CHAT, "half a sen");
  typing.leave();
  vi.advanceTimersByTime(30_000);
  expect(sent).toEqual(["half a sen", ""]);
});
