import "fake-indexeddb/auto";
import { afterEach, expect, test, vi } from "vitest";
import { CHAT, cidOf } from "./log_cast";
import { Outbox } from "./outbox";
import { inMemory, openStore, type Store } from "./outbox_store";
import type { Code, Open, Refused, Say } from "./protocol";

const OTHER_CHAT = "0190a0b0-0000-7000-8000-0000000000ff";

function aLine(store: Store = inMemory()) {
  const sent: (Open | Say)[] = [];
  const line = { isUp: true };
  const outbox = new Outbox(store, (command) => line.isUp && sent.push(command) > 0);
  return { outbox, sent, line, store, texts: () => sent.map((command) => (command.t === "say" && command.body.kind === "text" ? command.body.text : "?")) };
}

const say = (place: number, text: string, chat = CHAT): Say => ({ t: "say", cid: cidOf(place), chat, body: { kind: "text", text } });
const refusal = (place: number, code: Code, retry_ms: number | null = null): Refused =>
  ({ t: "refused", command: "say", code, message: "No.", cid: cidOf(place), chat: CHAT, retry_ms });

afterEach(() => vi.useRealTimers());

test("a message is stored before it is sent", async () => {
  const order: string[] = [];
  const store = { ...inMemory(), put: async () => void order.push("stored") };
  const outbox = new Outbox(store, () => order.push("sent") > 0);
  await outbox.add(say(1, "one"));
  expect(order).toEqual(["stored", "sent"]);
});

test("an end waits for the last word of its chat, and only of its chat", async () => {
  const { outbox, sent } = aLine();
  const written = [outbox.add(say(1, "Goodbye")), outbox.add(say(2, "other", OTHER_CHAT))];
  const end = vi.fn();
  outbox.afterLastWord(CHAT, end); // while the word is not even stored
  await Promise.all(written);
  expect(sent).toHaveLength(2);
  expect(end).not.toHaveBeenCalled();
  outbox.settle(cidOf(1));
  expect(end).toHaveBeenCalledOnce();
  outbox.afterLastWord(OTHER_CHAT, end);
  outbox.refused({ ...refusal(2, "not_party"), chat: OTHER_CHAT });
  expect(end).toHaveBeenCalledTimes(2);
});

test("an end does not wait for a line that broke: whoever asked says it again with the next one", async () => {
  const { outbox } = aLine();
  const end = vi.fn();
  await outbox.add(say(1, "Goodbye"));
  outbox.afterLastWord(CHAT, end);
  outbox.disconnected();
  expect(end).toHaveBeenCalledOnce();
});

test("per chat one is in flight, the next goes when it is settled; another chat does not wait", async () => {
  const { outbox, texts } = aLine();
  await outbox.add(say(1, "one"));
  await outbox.add(say(2, "two"));
  await outbox.add(say(3, "other", OTHER_CHAT));
  expect(texts()).toEqual(["one", "other"]);
  outbox.settle(cidOf(1));
  expect(texts()).toEqual(["one", "other", "two"]);
});

test("what was written without a line goes out once, in order, when it is back", async () => {
  const { outbox, texts, line } = aLine();
  line.isUp = false;
  for (const place of [1, 2, 3]) await outbox.add(say(place, `line ${place}`));
  line.isUp = true;
  await outbox.connected();
  outbox.settle(cidOf(1));
  outbox.settle(cidOf(2));
  expect(texts()).toEqual(["line 1", "line 2", "line 3"]);
});

test("what was in flight when the line broke goes out again under the same cid", async () => {
  const { outbox, sent } = aLine();
  await outbox.add(say(1, "one"));
  outbox.disconnected();
  await outbox.connected();
  expect(sent).toEqual([say(1, "one"), say(1, "one")]);
});

test("a tab that was closed leaves its messages to the next one, on this device, for this writer only", async () => {
  const closed = aLine(await openStore("vera"));
  closed.line.isUp = false;
  await closed.outbox.add(say(1, "typed in a tunnel"));
  const next = aLine(await openStore("vera"));
  const stranger = aLine(await openStore("gil"));
  await next.outbox.connected();
  await stranger.outbox.connected();
  expect(next.texts()).toEqual(["typed in a tunnel"]);
  expect(stranger.texts()).toEqual([]);
  next.outbox.settle(cidOf(1));
  await expect.poll(async () => (await closed.store.all()).length).toBe(0);
});

test("a busy server is asked again after the pause it named, and the order holds", async () => {
  vi.useFakeTimers();
  const { outbox, texts } = aLine();
  await outbox.add(say(1, "one"));
  await outbox.add(say(2, "two"));
  outbox.refused(refusal(1, "busy", 250));
  vi.advanceTimersByTime(249);
  expect(texts()).toEqual(["one"]);
  vi.advanceTimersByTime(1);
  outbox.settle(cidOf(1));
  expect(texts()).toEqual(["one", "one", "two"]);
});

test("a refused message stays with its code and holds nobody up", async () => {
  const { outbox, texts, store } = aLine();
  await outbox.add(say(1, "one"));
  await outbox.add(say(2, "two"));
  outbox.refused(refusal(1, "not_party"));
  expect(texts()).toEqual(["one", "two"]);
  expect(outbox.items.value[0]?.failed).toBe("not_party");
  expect((await store.all())[0]?.failed).toBe("not_party");
});

test("a refused message can be tried again as a new one, or taken back", async () => {
  const { outbox, sent } = aLine();
  await outbox.add(say(1, "one"));
  outbox.refused(refusal(1, "not_party"));
  await outbox.tryAgain(cidOf(1));
  expect(sent[1]).toMatchObject({ body: { text: "one" } });
  expect(sent[1]?.cid).not.toBe(cidOf(1));
  const cid = outbox.items.value[0]!.cid;
  expect(outbox.remove(cid)?.command).toMatchObject({ body: { text: "one" } });
  expect(outbox.items.value).toEqual([]);
});

test("what is taken out is all of it, those of gone tabs too, and is not sent again", async () => {
  const store = await openStore("salvage");
  const gone = aLine(store);
  gone.line.isUp = false;
  await gone.outbox.add(say(1, "of a gone tab"));
  const next = aLine(store);
  next.line.isUp = false;
  await next.outbox.add(say(2, "mine"));
  expect((await next.outbox.takeAll()).map((item) => item.cid)).toEqual([cidOf(1), cidOf(2)]);
  next.line.isUp = true;
  await next.outbox.connected();
  expect(next.sent).toEqual([]);
});

test("without IndexedDB it works in memory", async () => {
  vi.stubGlobal("indexedDB", { open: () => { throw new DOMException("no", "SecurityError"); } });
  const { outbox, texts } = aLine(await openStore("vera"));
  await outbox.add(say(1, "one"));
  expect(texts()).toEqual(["one"]);
  vi.unstubAllGlobals();
});

test("a full disk does not stop a message", async () => {
  const { outbox, texts } = aLine({ ...inMemory(), put: () => Promise.reject(new Error("quota")) });
  await outbox.add(say(1, "one"));
  expect(texts()).toEqual(["one"]);
});
