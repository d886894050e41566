import { expect, test } from "vitest";
import { newsBetween, titleOf } from "./alarm";
import { aCard, ALICE } from "./desk_cast";

const WORDS = { title: "Inbox", isRinging: (name: string) => `${name}!`, ringingTitle: (count: number) => `(${count}) Ringing`, unreadTitle: (count: number) => `(${count}) Inbox` };
const [VERA, EVE] = [aCard("vera", "waiting"), aCard("eve", "waiting")];
const MINE = aCard("mine", "active", ALICE);

test("a chat is told when it begins to ring, once", () => {
  expect(newsBetween({ ringing: [VERA], unread: new Map() }, { ringing: [VERA, EVE], mine: [], unread: new Map() }).rings).toEqual([EVE]);
});

test("a message is told when there are more unread than before", () => {
  const told = (before: number, now: number) => newsBetween({ ringing: [], unread: new Map([["mine", before]]) }, { ringing: [], mine: [MINE], unread: new Map([["mine", now]]) }).writes.length;
  expect([told(0, 1), told(1, 2), told(2, 2), told(2, 0)]).toEqual([1, 1, 0, 0]);
});

test("the tab calls by turns only while nobody looks", () => {
  const at = (second: number, isAway: boolean) => titleOf({ ringing: [VERA, EVE], unread: 3, isAway, second }, WORDS);
  expect([at(0, true), at(1, true), at(1, false)]).toEqual(["(2) Ringing", "Vera!", "(2) Ringing"]);
  expect(titleOf({ ringing: [], unread: 3, isAway: true, second: 1 }, WORDS)).toBe("(3) Inbox");
  expect(titleOf({ ringing: [], unread: 0, isAway: false, second: 0 }, WORDS)).toBe("Inbox");
});
