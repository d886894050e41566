import { expect, test } from "vitest";
import { dayNameOf } from "./clock";
import { speak } from "./language";
import type { Line } from "./lines";
import { rowsOf, sameRow } from "./rows";

const NOON = new Date(2026, 2, 10, 12).getTime();
const DAY = 86_400_000;
const theirs = (seq: number, at = NOON): Line => ({ kind: "said", isNote: false, cid: `c${seq}`, seq, isMine: false, name: "Ben", text: "x", at, tick: null, file: null, upload: null, failed: null });
const mine = (seq: number | null, at = NOON): Line => ({ kind: "said", isNote: false, cid: `m${seq}`, seq, isMine: true, name: "Vera", text: "x", at, tick: "read", file: null, upload: null, failed: null });
const shape = (rows: ReturnType<typeof rowsOf>) => rows.map((row) => (row.kind === "line" ? row.key : row.kind));

test("a chat of today has no day mark, an older one says where each day begins", () => {
  expect(shape(rowsOf([theirs(1), mine(2)], null, NOON))).toEqual(["c1", "m2"]);
  expect(shape(rowsOf([theirs(1, NOON - DAY), theirs(2, NOON - DAY), mine(3)], null, NOON))).toEqual(["day", "c1", "c2", "day", "m3"]);
});

test("midnight where the reader is begins a day, not 24 hours", () => {
  const lateAt = new Date(2026, 2, 9, 23, 59).getTime();
  const earlyAt = new Date(2026, 2, 10, 0, 1).getTime();
  expect(shape(rowsOf([theirs(1, lateAt), theirs(2, earlyAt)], null, NOON))).toEqual(["day", "c1", "day", "c2"]);
});

test("the unread line stands before the first missed line of the other side", () => {
  const lines = [theirs(1), mine(2), theirs(3), theirs(4)];
  expect(shape(rowsOf(lines, { after: 2, until: 4 }, NOON))).toEqual(["c1", "m2", "unread", "c3", "c4"]);
  expect(shape(rowsOf(lines, { after: 4, until: 4 }, NOON))).not.toContain("unread");
});

test("what comes while the person looks is not unread, and an answer takes the line away", () => {
  expect(shape(rowsOf([theirs(1), theirs(2)], { after: 1, until: 1 }, NOON))).not.toContain("unread");
  expect(shape(rowsOf([theirs(1), theirs(2), mine(null)], { after: 1, until: 2 }, NOON))).not.toContain("unread");
  expect(shape(rowsOf([theirs(1), theirs(2), mine(3)], { after: 1, until: 2 }, NOON))).not.toContain("unread");
});

test("a row is the same until its line or its place in the group changes", () => {
  const line = theirs(1);
  const [alone] = rowsOf([line], null, NOON);
  const [followed] = rowsOf([line, theirs(2)], null, NOON);
  expect(sameRow(alone!, rowsOf([line], null, NOON)[0])).toBe(true);
  expect(sameRow(alone!, followed)).toBe(false);
  expect(sameRow(alone!, rowsOf([theirs(1)], null, NOON)[0])).toBe(false);
  expect(sameRow(alone!, undefined)).toBe(false);
});

test("near days have names, others their date", () => {
  speak({ language: "en", direction: "ltr", messages: {} }, "en-GB");
  expect([0, 1, 3].map((days) => dayNameOf(NOON - days * DAY, NOON))).toEqual(["Today", "Yesterday", "Saturday 7 March"]);
});
