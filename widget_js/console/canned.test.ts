import { expect, test } from "vitest";
import { filled, inserted, matching, slashAt } from "./canned";

const FACTS = { customer: "Vera", agent: "Alice", room: "GENERAL", business: "Acme" };
const TEXTS = [
  { shortcut: "bye", text: "Thanks and good-bye" },
  { shortcut: "hours", text: "We are open 9 to 17" },
  { shortcut: "thanks", text: "Thank you, {customer}" },
];
const typed = (text: string, cursor = text.length) => slashAt(text, cursor)?.typed ?? null;

test("a slash at the start of a word asks for canned texts", () => {
  expect(["/", "/th", "Dear Vera /TH", "two\n/lines", "/été"].map((text) => typed(text))).toEqual(["", "th", "th", "lines", "été"]);
});

test("addresses, dates and finished words do not", () => {
  expect(["https://acme.example", "1/2", "/thanks ", "and/or", ""].map((text) => typed(text))).toEqual([null, null, null, null, null]);
});

test("only what stands before the cursor counts", () => {
  expect(slashAt("/thanks later", 3)).toEqual({ start: 0, end: 3, typed: "th" });
  expect(slashAt("x /thanks later", 12)).toBeNull();
});

test("shortcuts that begin so come first, then what holds it", () => {
  expect(matching(TEXTS, "th").map(({ shortcut }) => shortcut)).toEqual(["thanks", "bye"]);
  expect(matching(TEXTS, "open").map(({ shortcut }) => shortcut)).toEqual(["hours"]);
  expect(matching(TEXTS, "")).toHaveLength(3);
  expect(matching(TEXTS, "zzz")).toEqual([]);
});

test("placeholders are filled in, and a name that looks like one stays a name", () => {
  expect(filled("{customer}, {agent} of {business} in {room}: {customer}", FACTS)).toBe("Vera, Alice of Acme in GENERAL: Vera");
  expect(filled("Dear {customer}", { ...FACTS, customer: "{agent} $& $1" })).toBe("Dear {agent} $& $1");
});

test("the text takes the slash's place and the cursor stands behind it", () => {
  expect(inserted("Hello /th and more", { start: 6, end: 9, typed: "th" }, "Thank you")).toEqual({ text: "Hello Thank you and more", cursor: 15 });
});
