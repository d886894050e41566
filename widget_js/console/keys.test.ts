import { expect, test } from "vitest";
import { actionOf, neighbour } from "./keys";

const pressed = (code: string, held: Partial<KeyboardEvent> = {}) =>
  actionOf({ code, altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, ...held });

test("keys act with Alt only, so that they work while writing", () => {
  expect(["KeyA", "KeyE", "ArrowDown", "ArrowUp", "KeyZ"].map((code) => pressed(code))).toEqual(["answer", "end", "next", "previous", null]);
  expect(pressed("KeyA", { altKey: false })).toBeNull();
  expect(pressed("KeyA", { ctrlKey: true })).toBeNull();
});

test("going through the list wraps around and starts at its near end", () => {
  expect([neighbour(["a", "b"], "b", 1), neighbour(["a", "b"], "a", -1), neighbour(["a", "b"], null, 1), neighbour(["a", "b"], null, -1)]).toEqual(["a", "b", "a", "b"]);
  expect(neighbour([], null, 1)).toBeNull();
});
