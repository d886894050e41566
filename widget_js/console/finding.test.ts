import { expect, test } from "vitest";
import { type Entry, found } from "./finding";

const entry = (label: string, group = "you", more = ""): Entry => ({ id: label, group, label, more, keys: [], act: () => undefined });
const ALL = [entry("End this chat", "chat"), entry("Go OFFLINE"), entry("Next chat", "inbox"), entry("Véra Lindqvist", "chats", "GENERAL · typing")];
const labels = (typed: string) => found(ALL, typed).map(({ label }) => label);

test("nothing typed lists everything", () => {
  expect(labels("  ")).toHaveLength(4);
});

test("each word may begin any word, without accents and case", () => {
  expect(labels("vera lin")).toEqual(["Véra Lindqvist"]);
  expect(labels("CHAT ne")).toEqual(["Next chat"]);
  expect(labels("general")).toEqual(["Véra Lindqvist"]);
  expect(labels("fline")).toEqual([]);
});

test("what begins with it comes first, and groups stay together", () => {
  expect(found([entry("Chat end", "a"), entry("Other", "b", "end"), entry("End", "b"), entry("The end", "a")], "end").map(({ label }) => label)).toEqual(["End", "Other", "Chat end", "The end"]);
});
