import { expect, test } from "vitest";
import { beginningWith, moved } from "./roving";

const list = { count: 3, columns: 1, isRightToLeft: false };
const grid = { count: 7, columns: 3, isRightToLeft: false };

test("in a list the arrows go around the ends", () => {
  expect(moved("ArrowDown", 2, list)).toBe(0);
  expect(moved("ArrowUp", 0, list)).toBe(2);
  expect(moved("End", 0, list)).toBe(2);
  expect(moved("Home", 2, list)).toBe(0);
});

test("right-to-left turns the arrows along the line, and only them", () => {
  expect(moved("ArrowLeft", 0, { ...list, isRightToLeft: true })).toBe(1);
  expect(moved("ArrowRight", 0, { ...list, isRightToLeft: true })).toBe(2);
  expect(moved("ArrowDown", 0, { ...list, isRightToLeft: true })).toBe(1);
});

test("in a grid up and down keep the column, and the edges hold", () => {
  expect(moved("ArrowDown", 1, grid)).toBe(4);
  expect(moved("ArrowUp", 1, grid)).toBe(1);
  expect(moved("ArrowDown", 5, grid)).toBe(5);
  expect(moved("ArrowRight", 6, grid)).toBe(6);
});

test("other keys mean nothing, and nothing is reached in an empty list", () => {
  expect(moved("a", 0, list)).toBeNull();
  expect(moved("ArrowDown", 0, { ...list, count: 0 })).toBeNull();
});

test("a letter leads to the next item that begins with it, around the end", () => {
  const labels = ["Transfer", "Tag", "Éteindre", "Block"];
  expect(beginningWith("t", labels, 0)).toBe(1);
  expect(beginningWith("t", labels, 1)).toBe(0);
  expect(beginningWith("é", labels, 0)).toBe(2);
  expect(beginningWith("x", labels, 0)).toBeNull();
});
