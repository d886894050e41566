import { expect, test } from "vitest";
import { ACTIONS, pressed as shown } from "./actions";
import { actionOf, neighbour } from "./keys";
import { words } from "./words";

const NOTHING = { code: "", key: "", altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
const withAlt = (code: string, held: Partial<KeyboardEvent> = {}) => actionOf({ ...NOTHING, code, altKey: true, ...held }, true);

test("keys act with Alt, so that they work while writing", () => {
  expect(["KeyA", "KeyE", "ArrowDown", "ArrowUp", "KeyZ"].map((code) => withAlt(code))).toEqual(["answer", "end", "next", "previous", null]);
  expect(withAlt("KeyA", { altKey: false })).toBeNull();
});

test("AltGr writes letters and never acts", () => {
  expect(withAlt("KeyE", { ctrlKey: true })).toBeNull();
});

test("the palette opens by Ctrl K and by Cmd K, while writing, too", () => {
  expect(actionOf({ ...NOTHING, code: "KeyK", ctrlKey: true }, true)).toBe("palette");
  expect(actionOf({ ...NOTHING, code: "KeyK", metaKey: true }, true)).toBe("palette");
  expect(actionOf({ ...NOTHING, code: "KeyK", ctrlKey: true, shiftKey: true }, true)).toBeNull();
});

test("a question mark opens the sheet on any keyboard, but not in the middle of a sentence", () => {
  expect(actionOf({ ...NOTHING, code: "Slash", key: "?", shiftKey: true }, false)).toBe("keys");
  expect(actionOf({ ...NOTHING, code: "Minus", key: "?", shiftKey: true }, false)).toBe("keys");
  expect(actionOf({ ...NOTHING, code: "Slash", key: "?", shiftKey: true }, true)).toBeNull();
});

test("no two actions share a key, and each has words", () => {
  const keys = ACTIONS.flatMap(({ key }) => (key === null ? [] : [shown(key, false).join(" ")]));
  expect(new Set(keys).size).toBe(keys.length);
  expect(ACTIONS.filter(({ id }) => !words.actions[id])).toEqual([]);
});

test("a Mac reads its own names of keys", () => {
  const palette = ACTIONS.find(({ id }) => id === "palette")!.key!;
  expect([shown(palette, true), shown(palette, false)]).toEqual([["⌘", "K"], ["Ctrl", "K"]]);
});

test("going through the list wraps around and starts at its near end", () => {
  expect([neighbour(["a", "b"], "b", 1), neighbour(["a", "b"], "a", -1), neighbour(["a", "b"], null, 1), neighbour(["a", "b"], null, -1)]).toEqual(["a", "b", "a", "b"]);
  expect(neighbour([], null, 1)).toBeNull();
});
