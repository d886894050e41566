import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { after, emptyLog } from "./log";
import { anEntry, CHAT, page, someMarks } from "./log_cast";
import { Marker, owed, tickOf } from "./marker";
import type { Mark } from "./protocol";

const THREE = after(emptyLog(CHAT), page([anEntry(1, "visitor", "a"), anEntry(2, "agent", "b"), anEntry(3, "visitor", "c")], someMarks({})));
const mark = (delivered: number, read: number): Mark => ({ t: "mark", chat: CHAT, delivered, read });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("what was received but not seen is marked delivered only", () => {
  expect(owed(THREE, "visitor", false)).toEqual(mark(2, 0));
  expect(owed(THREE, "visitor", true)).toEqual(mark(2, 2));
});

test("own lines need no mark, and nothing is owed twice", () => {
  const marked = after(THREE, { t: "marked", chat: CHAT, marks: someMarks({ visitor_delivered: 2, visitor_read: 2 }) });
  expect(owed(marked, "visitor", true)).toBeNull();
  expect(owed(marked, "agent", true)).toEqual(mark(3, 3));
});

test("a hidden entry is no news: no mark is owed for it, and the next text's mark covers it", () => {
  const hidden = after(THREE, { t: "message", chat: CHAT, entry: anEntry(4, "agent", { kind: "hidden" }) });
  expect(owed(hidden, "visitor", true)).toEqual(mark(2, 2));
  expect(owed(after(hidden, { t: "message", chat: CHAT, entry: anEntry(5, "agent", "d") }), "visitor", true)).toEqual(mark(5, 5));
});

test("marks of 100 ms go out as one per chat, and never twice on a connection", () => {
  const sent: Mark[] = [];
  const marker = new Marker((command) => sent.push(command) > 0);
  marker.owe(mark(1, 0));
  marker.owe(mark(2, 2));
  vi.advanceTimersByTime(100);
  marker.owe(mark(2, 2));
  vi.advanceTimersByTime(100);
  expect(sent).toEqual([mark(2, 2)]);
  marker.connected();
  marker.owe(mark(2, 2));
  vi.advanceTimersByTime(100);
  expect(sent).toHaveLength(2);
});

test("ticks follow the other side's marks", () => {
  const marks = someMarks({ agent_delivered: 3, agent_read: 1, visitor_read: 9 });
  expect([1, 3, 4].map((seq) => tickOf(seq, "visitor", marks))).toEqual(["read", "delivered", "sent"]);
});
