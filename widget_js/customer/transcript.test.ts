import { beforeEach, expect, test } from "vitest";
import english from "../../languages/en.json";
import { speak } from "../shared/language";
import { after, emptyLog } from "../shared/log";
import { anEntry, CHAT, page, someMarks } from "../shared/log_cast";
import type { Body } from "../shared/protocol";
import { asText, transcript } from "./transcript";

beforeEach(() => speak({ language: "en", direction: "ltr", messages: { ...english.shared, ...english.customer } }, "en-GB"));

const entries = [
  anEntry(1, "visitor", "M or L?\nI am 172 cm"),
  anEntry(2, "agent", { kind: "answered" }),
  anEntry(3, "agent", "An M fits."),
  anEntry(4, "agent", { kind: "hidden" } as unknown as Body),
  anEntry(5, "visitor", { kind: "erased" }),
  anEntry(6, "visitor", { kind: "ended" }),
];

test("who said what and when, the day once, and nothing that is not the visitor's", () => {
  const lines = transcript(after(emptyLog(CHAT), page(entries, someMarks({}))));
  expect(lines.map(({ name, text }) => [name, text])).toEqual([
    ["", "Monday, 5 January 2026"],
    ["Vera", "M or L?\nI am 172 cm"],
    ["", "Ben answered"],
    ["Ben", "An M fits."],
    ["", "You ended the chat"],
  ]);
});

test("as text it has the line ends that every editor reads", () => {
  const lines = transcript(after(emptyLog(CHAT), page(entries, someMarks({}))));
  const [title, empty, day, first] = asText("Chat with Ben · Acme", lines).split("\r\n");
  expect([title, empty, day]).toEqual(["Chat with Ben · Acme", "", "Monday, 5 January 2026"]);
  expect(first).toMatch(/^\d\d:\d\d Vera: M or L\?/);
});
