import { expect, test } from "vitest";
import { lasting } from "./clock";
import { initials } from "./initials";

test("a wait reads 0:07, 4:12, 1:02:03, and never less than nothing", () => {
  expect([7, 252, 3723, -5].map((seconds) => lasting(0, seconds * 1_000))).toEqual(["0:07", "4:12", "1:02:03", "0:00"]);
});

test("initials are first and last, whole letters of any script", () => {
  expect(["Vera Lindqvist", "ben", " Ana Maria de Souza ", "𝒱era", ""].map(initials)).toEqual(["VL", "B", "AS", "𝒱", ""]);
});
