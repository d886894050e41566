import { afterEach, expect, test, vi } from "vitest";
import { anEntry, someMarks } from "../shared/log_cast";
import type { UUID } from "../shared/protocol";
import { FakeWire } from "../shared/socket_cast";
import { aCard, aDesk, ALICE, BEN, change, snapshot } from "./desk_cast";
import { whatNext } from "./empty";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const readTo = (chat: UUID) => ({ t: "entries" as const, chat, entries: [], more: false, marks: someMarks({}) });
const noChat = (chat: UUID) => ({ t: "refused" as const, command: "resume", code: "no_chat" as const, message: "There is nothing here.", cid: null, chat, retry_ms: null });

test("a ringing chat on screen that a colleague takes is not opened, and who took it stays said", async () => {
  const { desk, connects, resumed } = await aDesk();
  connects(snapshot([aCard("vera", "waiting")]));
  desk.select("vera");
  FakeWire.last.hears(change(1, { cards: [aCard("vera", "active", BEN)] }));
  expect(resumed()).toEqual([]);
  expect(desk.toasts.shown.value.map(({ text }) => text)).toEqual(["Ben took Vera’s chat"]);
});

test("a chat that moves to a colleague is read no further, even on screen", async () => {
  const { desk, connects, followed } = await aDesk();
  connects(snapshot([aCard("vera", "active", ALICE)]));
  desk.select("vera");
  expect(followed()).toEqual(["vera"]);
  FakeWire.last.hears(change(1, { cards: [aCard("vera", "active", BEN)] }));
  expect(followed()).toEqual([]);
});

test("a transfer on a broken line is asked for again, until the inbox shows where the chat is", async () => {
  const { desk, connects } = await aDesk();
  const asked = () => FakeWire.last.sent.filter((command) => command.t === "transfer_to_agent");
  connects(snapshot([aCard("vera", "active", ALICE)]));
  FakeWire.last.breaks();
  desk.transfer({ t: "transfer_to_agent", chat: "vera", agent: BEN!, note: "hurry" });
  vi.advanceTimersByTime(5_000);
  connects(snapshot([aCard("vera", "active", ALICE)]));
  expect(asked()).toHaveLength(1);
  FakeWire.last.hears(change(1, { cards: [{ ...aCard("vera", "active", BEN), transferred_by: "Alice" }] }));
  expect(desk.toasts.shown.value.map(({ text }) => text)).toEqual(["The chat is with Ben now"]);
  FakeWire.last.breaks();
  vi.advanceTimersByTime(5_000);
  connects(snapshot([aCard("vera", "active", BEN)]));
  expect(asked()).toEqual([]);
});

test("a transfer that is refused says why, and is not asked for again", async () => {
  const { desk, connects } = await aDesk();
  connects(snapshot([aCard("vera", "active", ALICE)]));
  desk.transfer({ t: "transfer_to_room", chat: "vera", room: "repairs", note: null });
  FakeWire.last.hears({ t: "refused", command: "transfer_to_room", code: "nobody_online", message: "Nobody else in REPAIRS is ONLINE.", cid: null, chat: "vera", retry_ms: null });
  expect(desk.toasts.shown.value.map(({ text }) => text)).toEqual(["Nobody else in REPAIRS is ONLINE."]);
  FakeWire.last.breaks();
  vi.advanceTimersByTime(5_000);
  connects(snapshot([aCard("vera", "active", ALICE)]));
  expect(FakeWire.last.sent.filter((command) => command.t === "transfer_to_room")).toEqual([]);
});

test("the live preview follows the customer's words and ends with the message", async () => {
  const { desk, connects } = await aDesk();
  connects(snapshot([aCard("vera", "active", ALICE)]));
  FakeWire.last.hears({ t: "typing", chat: "vera", from: "visitor", text: "so would" });
  expect(desk.typing.seen.value.get("vera")).toBe("so would");
  FakeWire.last.hears({ t: "message", chat: "vera", entry: anEntry(1, "visitor", "so would the 54 fit?") });
  expect(desk.typing.seen.value.size).toBe(0);
});

test("a chat that cannot be read is no news", async () => {
  const { desk, connects } = await aDesk();
  connects(snapshot([aCard("vera", "active", ALICE)]), noChat("vera"));
  expect(desk.toasts.shown.value).toEqual([]);
});

test("what has left the inbox is forgotten, unless it is on screen", async () => {
  const { desk, connects, followed } = await aDesk();
  connects(snapshot([aCard("one", "active", ALICE), aCard("two", "active", ALICE)]));
  desk.select("two");
  FakeWire.last.hears(change(1, { gone: ["one", "two"] }));
  expect(followed()).toEqual(["two"]);
  desk.select(null);
  expect(followed()).toEqual([]);
});

test("after a break many chats on a slow server do not drop the line", async () => {
  const { desk, connects, resumed } = await aDesk();
  const cards = ["one", "two", "three"].map((chat) => aCard(chat, "active", ALICE));
  connects(snapshot(cards));
  FakeWire.last.breaks();
  vi.advanceTimersByTime(5_000);
  connects(snapshot(cards));
  for (const chat of ["one", "two", "three"]) {
    vi.advanceTimersByTime(9_000);
    FakeWire.last.hears(readTo(chat));
  }
  expect(resumed()).toEqual(["one", "two", "three"]);
  expect(desk.link.value).toBe("live");
});

test("one late hello does not close the console; a session that is gone leads to signing in", async () => {
  const { desk, connects } = await aDesk();
  FakeWire.last.open();
  FakeWire.last.breaks(4504);
  vi.advanceTimersByTime(1_000);
  connects(snapshot([]));
  expect(desk.link.value).toBe("live");
  FakeWire.last.breaks(4501);
  expect(location.assign).toHaveBeenCalledWith("/sign-in");
});

test("an empty screen says why nothing rings", () => {
  expect(whatNext("offline", true)).toBe("You are OFFLINE. Go ONLINE to get chats.");
  expect(whatNext("in_chat", true)).toBe("You hold as many chats as you can. The next rings when you end one.");
  expect(whatNext("online", false)).toContain("ONLINE");
});
