import { expect, test } from "vitest";
import { pauseBefore } from "./backoff";

const longest = (attempt: number) => pauseBefore(attempt, () => 0.999_999);

test("the pause grows to 5 s while a restart may be going on, then to 30 s", () => {
  expect([0, 1, 2, 3].map(longest)).toEqual([399, 799, 1599, 3199]);
  expect([4, 15].map(longest)).toEqual([4999, 4999]);
  expect([16, 17, 400].map(longest)).toEqual([29999, 29999, 29999]);
});

test("the pause is anything down to nothing, so that clients do not come back together", () => {
  expect(pauseBefore(12, () => 0)).toBe(0);
});
