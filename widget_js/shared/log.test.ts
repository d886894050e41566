import { describe, expect, test } from "vitest";
import { after, answeredBy, emptyLog, isBehind, lastSeq, phase, ringsAgainIn, unread, type Log, type LogEvent } from "./log";
import { anEntry, CHAT, page, shuffled, someMarks } from "./log_cast";
import type { Body } from "./protocol";

const WHOLE = [
  anEntry(1, "visitor", "Does the Fjord 3 come in M?"),
  anEntry(2, "agent", { kind: "answered" }),
  ...Array.from({ length: 8 }, (_, place) => anEntry(place + 3, place % 2 ? "agent" : "visitor", `line ${place}`)),
  anEntry(11, "agent", { kind: "ended" }),
];
const MARKS = someMarks({ visitor_delivered: 10, visitor_read: 9, agent_delivered: 8, agent_read: 7 });
const SNAPSHOT = after(emptyLog(CHAT), page(WHOLE, MARKS));

const message = (entry: (typeof WHOLE)[number]): LogEvent => ({ t: "message", chat: CHAT, entry });
const play = (log: Log, events: readonly LogEvent[]): Log => events.reduce(after, log);

describe("snapshot + events = new snapshot", () => {
  test.each(Array.from({ length: 200 }, (_, seed) => seed))("in any order, with duplicates (seed %i)", (seed) => {
    const split = seed % (WHOLE.length + 1);
    const older = page(WHOLE.slice(0, split), someMarks({ visitor_read: 2 }));
    const events: LogEvent[] = WHOLE.map(message);
    const marked: LogEvent[] = [
      { t: "marked", chat: CHAT, marks: MARKS },
      { t: "marked", chat: CHAT, marks: someMarks({ agent_read: 3 }) },
    ];
    const mixed = shuffled([...events, ...events.slice(0, seed % 7), ...marked, older], seed);
    expect(play(emptyLog(CHAT), mixed)).toEqual(SNAPSHOT);
  });

  test.each(Array.from({ length: 100 }, (_, seed) => seed))("when events are lost and resume fills the gap (seed %i)", (seed) => {
    const kept = shuffled(WHOLE.map(message), seed).filter((_, place) => (place * 7 + seed) % 3 > 0);
    const partial = play(after(emptyLog(CHAT), page([], MARKS)), kept);
    const missing = page(WHOLE.slice(lastSeq(partial)), MARKS);
    expect(after(partial, missing)).toEqual(SNAPSHOT);
  });
});

test("a gap makes the log ask for more, and filling it ends that", () => {
  const gap = play(emptyLog(CHAT), [message(WHOLE[0]!), message(WHOLE[2]!)]);
  expect(isBehind(gap)).toBe(true);
  expect(lastSeq(gap)).toBe(1);
  const filled = after(gap, message(WHOLE[1]!));
  expect(isBehind(filled)).toBe(false);
  expect(lastSeq(filled)).toBe(3);
});

test("a page that says more makes the log ask on", () => {
  const first = after(emptyLog(CHAT), { ...page(WHOLE.slice(0, 4), MARKS), more: true });
  expect(isBehind(first)).toBe(true);
  expect(isBehind(after(first, page(WHOLE.slice(4), MARKS)))).toBe(false);
});

test("marks never fall", () => {
  const low: LogEvent = { t: "marked", chat: CHAT, marks: someMarks({ visitor_read: 1 }) };
  expect(after(SNAPSHOT, low).marks).toEqual(MARKS);
});

test("a chat waits, then is active once answered, then ends", () => {
  const upTo = (count: number) => phase(after(emptyLog(CHAT), page(WHOLE.slice(0, count), MARKS)));
  expect([upTo(1), upTo(2), upTo(10), upTo(11)]).toEqual(["waiting", "active", "active", "ended"]);
});

test("unread counts texts of the other side above the own read mark", () => {
  expect(unread(SNAPSHOT, "visitor")).toBe(1);
  expect(unread({ ...SNAPSHOT, marks: someMarks({}) }, "agent")).toBe(5);
});

const logOf = (...bodies: ("text" | Body)[]) => after(emptyLog(CHAT), page(bodies.map((body, place) => anEntry(place + 1, "agent", body)), someMarks({})));
const to = (agent: string | null): Body => ({ kind: "transferred", room: "REPAIRS", agent });

test("a chat that was given to a colleague is theirs, one that was passed to a room rings again until it is answered", () => {
  const answered: Body = { kind: "answered" };
  const given = logOf("text", answered, to("Cara"));
  expect([phase(given), answeredBy(given), ringsAgainIn(given)]).toEqual(["active", "Cara", null]);
  const passed = logOf("text", answered, to("Cara"), to(null), "text");
  expect([phase(passed), answeredBy(passed), ringsAgainIn(passed)]).toEqual(["waiting", "Cara", "REPAIRS"]);
  const taken = logOf("text", answered, to(null), answered);
  expect([phase(taken), answeredBy(taken), ringsAgainIn(taken)]).toEqual(["active", "Ben", null]);
  expect(phase(logOf("text", answered, to(null), { kind: "ended" }))).toBe("ended");
});

test("hidden entries and notes are not unread", () => {
  expect(unread(logOf({ kind: "hidden" }, { kind: "note", text: "x" }, "text"), "visitor")).toBe(1);
});
