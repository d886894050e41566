import { afterEach, expect, test, vi } from "vitest";
import { fingerprint, inTurn, newVisitor } from "./visitor_token";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a fingerprint tells tokens apart and does not show them", () => {
  const prints = Array.from({ length: 1_000 }, (_, place) => fingerprint(`opaque-token-${place}`));
  expect(new Set(prints).size).toBe(1_000);
  expect(prints[0]).not.toContain("opaque");
  expect(fingerprint("opaque-token-0")).toBe(prints[0]);
});

test("it asks until the server gives a token", async () => {
  vi.useFakeTimers();
  const answers = [() => Promise.reject(new TypeError("offline")), () => Promise.resolve(new Response("", { status: 503 })), () => Promise.resolve(Response.json({ token: "vera" }, { status: 201 }))];
  const fetching = vi.fn(() => answers.shift()!());
  vi.stubGlobal("fetch", fetching);
  const token = newVisitor("room");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await token).toBe("vera");
  expect(fetching).toHaveBeenCalledTimes(3);
});

test("a room that is gone gives none, and is not asked again", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 404 })));
  expect(await newVisitor("room")).toBeNull();
});

test("without locks the work is done all the same", async () => {
  vi.stubGlobal("navigator", {});
  expect(await inTurn("room", async () => 1)).toBe(1);
});
