import { expect, test } from "vitest";
import { emptyLog } from "../shared/log";
import type { Body, Side } from "../shared/protocol";
import { cutOff } from "./ending";

const logOf = (...said: [Side, Body["kind"]][]) => ({
  ...emptyLog("vera"),
  entries: said.map(([from, kind], place) => ({
    seq: place + 1, from, name: "", at: "2026-01-05T10:00:00Z", cid: String(place), body: (kind === "text" ? { kind, text: "?" } : { kind }) as Body,
  })),
});

test("who ends after the last word was theirs is not asked", () => {
  expect(cutOff(logOf(["visitor", "text"], ["agent", "answered"], ["agent", "text"]), 0)).toBeNull();
  expect(cutOff(undefined, 0)).toBeNull();
});

test("a customer whose words nobody has answered would be cut off", () => {
  expect(cutOff(logOf(["visitor", "text"], ["agent", "answered"]), 0)).toBe("unanswered");
  expect(cutOff(logOf(["visitor", "text"], ["agent", "answered"], ["agent", "text"], ["visitor", "text"]), 0)).toBe("unanswered");
});

test("what has not left yet would never be read", () => {
  expect(cutOff(logOf(["visitor", "text"], ["agent", "text"]), 1)).toBe("unsent");
});
