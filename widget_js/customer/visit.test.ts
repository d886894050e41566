import "fake-indexeddb/auto";
import { afterEach, expect, test, vi } from "vitest";
import { CHAT } from "../shared/log_cast";
import { FakeWire } from "../shared/socket_cast";
import { aBrowser, aVisit, newcomer, sentOn, turnsAway, wire } from "./visit_cast";

afterEach(() => vi.unstubAllGlobals());

test("one 4504, as after a late hello, keeps visitor and chat", async () => {
  const { asked, kept } = aBrowser();
  kept.write("switchboard:visitor:room", JSON.stringify({ token: "vera", chat: CHAT }));
  const { visit } = aVisit(kept);
  await turnsAway(1);
  const line = (await wire(2)).welcome();
  expect(line.sent[0]).toEqual({ t: "hello", token: "vera" });
  expect([visit.chat.value, visit.link.value]).toEqual([CHAT, "live"]);
  expect(asked).not.toHaveBeenCalled();
});

test("a question that never arrived is asked again by the next visitor", async () => {
  const { kept } = aBrowser(newcomer("asks-1"), newcomer("asks-2"));
  const { visit, drafts } = aVisit(kept);
  await visit.ask("Vera", "Where is my bike?");
  await turnsAway(1);
  await turnsAway(2);
  const line = (await wire(3)).welcome();
  expect(line.sent[0]).toEqual({ t: "hello", token: "asks-2" });
  expect(await sentOn(line, "open")).toMatchObject({ name: "Vera", question: "Where is my bike?" });
  expect(drafts.of("question").value).toBe("Where is my bike?");
  expect(visit.isCutOff.value).toBe(false);
});

test("of a lost chat, what did not arrive and what was begun go back into the form, after a reload too", async () => {
  const { kept } = aBrowser(newcomer("lost-2"));
  kept.write("switchboard:visitor:room", JSON.stringify({ token: "lost-1", chat: CHAT }));
  const before = aVisit(kept);
  await wire(1);
  await vi.waitFor(() => {
    before.visit.say("Are you there?");
    expect(before.visit.items.value).not.toEqual([]);
  });
  const { visit, drafts, keepsake } = aVisit(kept);
  drafts.of(CHAT).value = "half a sen";
  await turnsAway(2);
  await turnsAway(3);
  expect((await wire(4)).welcome().sent[0]).toEqual({ t: "hello", token: "lost-2" });
  expect(drafts.of("question").value).toMatch(/^Are you there\?.*half a sen$/s);
  expect([visit.chat.value, visit.isCutOff.value, visit.items.value, keepsake.token]).toEqual([null, true, [], "lost-2"]);
});

test("a room that is gone says so, keeps what was written, and is left in peace", async () => {
  const { asked, kept } = aBrowser(newcomer("gone-1"));
  const { visit, drafts } = aVisit(kept);
  await visit.ask("Vera", "Where is my bike?");
  await turnsAway(1);
  await turnsAway(2);
  await vi.waitFor(() => expect(visit.shut.value).toBe("gone"));
  expect(drafts.of("question").value).toBe("Where is my bike?");
  expect(visit.asking.value).toBe(false);
  expect(asked).toHaveBeenCalledTimes(2);
});

test("a frame without an origin of its own is told so, and makes no connection", async () => {
  const { kept } = aBrowser(new Response("", { status: 403 }));
  const { visit } = aVisit(kept);
  await vi.waitFor(() => expect(visit.shut.value).toBe("forbidden"));
  expect(FakeWire.all).toEqual([]);
});
