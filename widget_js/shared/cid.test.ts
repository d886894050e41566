import { expect, test } from "vitest";
import { freshCid } from "./cid";

test("a cid is a UUIDv7 that carries its time", () => {
  const cid = freshCid(Date.UTC(2026, 10, 22));
  expect(cid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(cid.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 22));
});

test("cids of one millisecond, and of a clock set back, stay in the order of writing", () => {
  const now = Date.UTC(2027, 0, 1);
  const cids = Array.from({ length: 6_000 }, (_, place) => freshCid(place % 5 === 4 ? now - 60_000 : now));
  expect(cids).toEqual([...cids].sort());
  expect(new Set(cids).size).toBe(cids.length);
});
