import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Conversations } from "./conversations";
import { lastSeq } from "./log";
import { anEntry, CHAT, cidOf, page, someMarks } from "./log_cast";
import { Outbox } from "./outbox";
import { inMemory } from "./outbox_store";
import type { Command } from "./protocol";

function aDesk() {
  const sent: Command[] = [];
  const line = { isUp: true, isSeen: true };
  const send = (command: Command) => line.isUp && sent.push(command) > 0;
  const outbox = new Outbox(inMemory(), send);
  const reader = { side: "visitor" as const, name: () => "Vera", sees: (chat: string) => line.isSeen && chat === CHAT, isParty: () => true };
  const conversations = new Conversations(send, () => outbox, reader);
  return { sent, line, outbox, conversations, log: () => conversations.logs.value.get(CHAT)! };
}

const resume = (afterSeq: number): Command => ({ t: "resume", chat: CHAT, after: afterSeq });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a chat that is followed is read from the start, page by page", () => {
  const { sent, conversations, log } = aDesk();
  conversations.follow(CHAT);
  conversations.receive({ ...page([anEntry(1, "visitor", "one")], someMarks({})), more: true });
  conversations.receive(page([anEntry(2, "agent", "two")], someMarks({})));
  expect(sent).toEqual([resume(0), resume(1)]);
  expect(lastSeq(log())).toBe(2);
});

test("a gap asks for what is missing, once", () => {
  const { sent, conversations } = aDesk();
  conversations.follow(CHAT);
  conversations.receive(page([anEntry(1, "visitor", "one")], someMarks({})));
  for (const seq of [3, 4]) conversations.receive({ t: "message", chat: CHAT, entry: anEntry(seq, "agent", "x") });
  expect(sent).toEqual([resume(0), resume(1)]);
});

test("a page without progress is not asked for again in a circle", () => {
  const { sent, conversations } = aDesk();
  conversations.follow(CHAT);
  conversations.receive({ t: "message", chat: CHAT, entry: anEntry(5, "agent", "x") });
  conversations.receive(page([], someMarks({})));
  expect(sent).toEqual([resume(0)]);
});

test("after a new connection every chat is resumed after what is known", () => {
  const { sent, conversations, line } = aDesk();
  conversations.follow(CHAT);
  conversations.receive(page([anEntry(1, "visitor", "one")], someMarks({})));
  line.isUp = false;
  conversations.connected();
  line.isUp = true;
  conversations.connected();
  expect(sent).toEqual([resume(0), resume(1)]);
});

test("many chats are resumed one after the other, the one before the eyes first", () => {
  const { sent, line, conversations } = aDesk();
  line.isUp = line.isSeen = false;
  for (const chat of ["one", "two", CHAT]) conversations.follow(chat);
  line.isUp = line.isSeen = true;
  conversations.connected();
  expect(sent).toEqual([resume(0)]);
  conversations.receive(page([], someMarks({})));
  conversations.receive({ t: "refused", command: "resume", code: "no_chat", message: "", cid: null, chat: "one", retry_ms: null });
  expect(sent.slice(1)).toEqual([{ t: "resume", chat: "one", after: 0 }, { t: "resume", chat: "two", after: 0 }]);
});

test("a chat that is forgotten while it is read holds up no other, and can be followed again", () => {
  const { sent, conversations } = aDesk();
  conversations.follow(CHAT);
  conversations.follow("other");
  conversations.forget(CHAT);
  conversations.follow(CHAT);
  conversations.receive({ ...page([], someMarks({})), chat: "other" });
  expect(sent).toEqual([resume(0), { t: "resume", chat: "other", after: 0 }, resume(0)]);
});

test("an ack turns what was on its way into an entry", async () => {
  const { conversations, outbox, log } = aDesk();
  conversations.follow(CHAT);
  conversations.receive(page([anEntry(1, "visitor", "one")], someMarks({})));
  await outbox.add({ t: "say", cid: cidOf(2), chat: CHAT, body: { kind: "text", text: "two" } });
  conversations.receive({ t: "ack", cid: cidOf(2), chat: CHAT, seq: 2, at: anEntry(2, "visitor", "").at });
  expect(log().entries[1]).toEqual(anEntry(2, "visitor", "two"));
  expect(outbox.items.value).toEqual([]);
});

test("what another tab got through is not sent from here", async () => {
  const { conversations, outbox, line } = aDesk();
  conversations.follow(CHAT);
  line.isUp = false;
  await outbox.add({ t: "say", cid: cidOf(1), chat: CHAT, body: { kind: "text", text: "one" } });
  conversations.receive({ t: "message", chat: CHAT, entry: anEntry(1, "visitor", "one") });
  expect(outbox.items.value).toEqual([]);
});

test("a line is marked delivered at once and read when it comes before the eyes", () => {
  const { sent, conversations, line } = aDesk();
  line.isSeen = false;
  conversations.follow(CHAT);
  conversations.receive(page([anEntry(1, "agent", "one")], someMarks({})));
  vi.advanceTimersByTime(100);
  line.isSeen = true;
  conversations.look();
  vi.advanceTimersByTime(100);
  expect(sent.slice(1)).toEqual([
    { t: "mark", chat: CHAT, delivered: 1, read: 0 },
    { t: "mark", chat: CHAT, delivered: 1, read: 1 },
  ]);
});

test("a resume that the server is too busy for is sent again", () => {
  const { sent, conversations } = aDesk();
  conversations.follow(CHAT);
  conversations.receive({ t: "refused", command: "resume", code: "busy", message: "", cid: null, chat: CHAT, retry_ms: 50 });
  vi.advanceTimersByTime(50);
  expect(sent).toEqual([resume(0), resume(0)]);
});
