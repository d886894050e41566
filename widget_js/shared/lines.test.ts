import { expect, test } from "vitest";
import { endsGroup, linesOf, type Said } from "./lines";
import { after, emptyLog } from "./log";
import { anEntry, CHAT, cidOf, page, someMarks } from "./log_cast";
import type { Item } from "./outbox_store";
import type { Body } from "./protocol";

const LOG = after(
  emptyLog(CHAT),
  page([anEntry(1, "visitor", "one", 0), anEntry(2, "agent", { kind: "answered" }), anEntry(3, "agent", "two", 0)], someMarks({ agent_read: 1 })),
);
const pending = (place: number, text: string, failed: string | null = null): Item =>
  ({ cid: cidOf(place), at: 0, failed, command: { t: "say", cid: cidOf(place), chat: CHAT, body: { kind: "text", text } } });

test("what is on its way stands after what is stored, once", () => {
  const lines = linesOf(LOG, [pending(1, "one"), pending(8, "eight"), pending(9, "nine", "The chat has ended.")], "visitor");
  expect(lines.map((line) => (line.kind === "said" ? `${line.text} ${line.tick}` : line.kind))).toEqual([
    "one read", "answered", "two null", "eight sending", "nine failed",
  ]);
});

test("another chat's messages stay out", () => {
  const elsewhere: Item = { ...pending(8, "x"), command: { t: "say", cid: cidOf(8), chat: "other", body: { kind: "text", text: "x" } } };
  expect(linesOf(LOG, [elsewhere], "visitor")).toHaveLength(3);
});

test("a group ends with the writer, the minute, the tick or a failure", () => {
  const line: Said = { kind: "said", isNote: false, cid: "a", seq: 1, isMine: true, name: "Vera", text: "", file: null, upload: null, at: 60_000, tick: "read", failed: null };
  expect(endsGroup(line, { ...line, at: 119_999 })).toBe(false);
  expect(endsGroup(line, undefined)).toBe(true);
  expect(endsGroup(line, { ...line, isMine: false })).toBe(true);
  expect(endsGroup(line, { ...line, at: 120_000 })).toBe(true);
  expect(endsGroup(line, { ...line, tick: "sent" })).toBe(true);
  expect(endsGroup({ ...line, failed: "No." }, line)).toBe(true);
});

test("a line that did not change is the same object, so that it need not be drawn again; a new tick makes a new one", () => {
  const [one, , two] = linesOf(LOG, [], "visitor");
  expect(linesOf(LOG, [], "visitor")[0]).toBe(one);
  const later = after(LOG, { t: "marked", chat: CHAT, marks: someMarks({ agent_read: 3 }) });
  expect(linesOf(later, [], "visitor")[2]).toBe(two);
  expect(linesOf(LOG, [], "agent")[0]).toMatchObject({ isMine: false });
  expect(linesOf(LOG, [], "visitor")[0]).toMatchObject({ isMine: true, tick: "read" });
});

test("a visitor's thread has no line for what is hidden, an agent's has the note without a tick", () => {
  const grown = (body: Body) => after(LOG, { t: "message", chat: CHAT, entry: anEntry(4, "agent", body) });
  expect(linesOf(grown({ kind: "hidden" }), [], "visitor")).toHaveLength(3);
  expect(linesOf(grown({ kind: "note", text: "likes red" }), [], "agent").at(-1)).toMatchObject({ kind: "said", isNote: true, text: "likes red", tick: null, name: "Ben" });
});

test("a transfer says who gave the chat to whom", () => {
  const log = after(LOG, { t: "message", chat: CHAT, entry: anEntry(4, "agent", { kind: "transferred", room: "GENERAL", agent: "Cara" }) });
  expect(linesOf(log, [], "visitor").at(-1)).toMatchObject({ kind: "transferred", name: "Ben", to: { agent: "Cara", room: "GENERAL" } });
});
