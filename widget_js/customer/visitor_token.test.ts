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
  const answers = [() => Promise.reject(new TypeError("offline")), () => Promise.resolve(new Response("", { status: 503 })), () => Promise.resolve(new Response("", { status: 429 })), () => Promise.resolve(Response.json({ token: "vera" }, { status: 201 }))];
  const fetching = vi.fn(() => answers.shift()!());
  vi.stubGlobal("fetch", fetching);
  const token = newVisitor("room");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await token).toEqual({ token: "vera" });
  expect(fetching).toHaveBeenCalledTimes(4);
});

test.each([[404, "gone"], [410, "gone"], [403, "forbidden"], [400, "refused"]])("%i is final: %s", async (status, shut) => {
  const fetching = vi.fn(() => Promise.resolve(new Response("", { status })));
  vi.stubGlobal("fetch", fetching);
  expect(await newVisitor("room")).toEqual({ shut });
  expect(fetching).toHaveBeenCalledOnce();
});

test("where our own origin is hidden nobody is asked", async () => {
  const fetching = vi.fn();
  vi.stubGlobal("fetch", fetching);
  vi.stubGlobal("origin", "null");
  expect(await newVisitor("room")).toEqual({ shut: "forbidden" });
  expect(fetching).not.toHaveBeenCalled();
});

test("without locks the work is done all the same", async () => {
  vi.stubGlobal("navigator", {});
  expect(await inTurn("room", async () => 1)).toBe(1);
});
