import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import english from "../../languages/en.json";
import { speak } from "../shared/language";
import { anEntry, CHAT, page, someMarks } from "../shared/log_cast";
import type { PastChat } from "../shared/protocol";
import { FakeWire } from "../shared/socket_cast";
import { Afterwards } from "./afterwards";
import { aBrowser, aVisit, newcomer, wire } from "./visit_cast";

beforeEach(() => speak({ language: "en", direction: "ltr", messages: { ...english.shared, ...english.customer } }, "en"));
afterEach(() => vi.unstubAllGlobals());

const AT = "2026-01-05T10:30:00Z";
const PAST: PastChat = { chat: CHAT, room: "GENERAL", status: "closed", opened_at: AT, since: AT, question: "?", agent_name: "Ben", rating: null };

/** Vera's chat with Ben has ended. */
async function anEnd() {
  const { kept } = aBrowser(newcomer("vera-2"));
  kept.write("switchboard:visitor:room", JSON.stringify({ token: "vera", chat: CHAT }));
  const { visit, drafts, keepsake } = aVisit(kept);
  const after = new Afterwards(visit);
  const line = (await wire(1)).welcome();
  line.hears(page([anEntry(1, "visitor", "M or L?"), anEntry(2, "agent", { kind: "answered" }), anEntry(3, "agent", { kind: "ended" })], someMarks({})));
  after.look();
  line.hears({ t: "past_chats", chats: [PAST] });
  const sent = (kind: string, on = line) => on.sent.filter((command) => command.t === kind);
  return { visit, drafts, keepsake, after, line, sent };
}

test("one press rates, and the last press is the word that stands", async () => {
  const { after, line, sent } = await anEnd();
  after.rate(CHAT, 2, "");
  after.rate(CHAT, 4, "");
  expect(sent("rate")).toMatchObject([{ stars: 2, comment: null }, { stars: 4, comment: null }]);
  line.hears({ t: "rated", chat: CHAT, rating: { stars: 2, comment: null, at: AT } });
  expect([after.rating.value.is, after.wantedStars(CHAT)]).toEqual(["sending", 4]);
  line.hears({ t: "rated", chat: CHAT, rating: { stars: 4, comment: null, at: AT } });
  expect([after.rating.value.is, after.wantedStars(CHAT), after.ratingOf(CHAT)?.stars]).toEqual(["done", null, 4]);
});

test("what was pressed while the line is down goes out when it is back", async () => {
  const { after, line, sent } = await anEnd();
  line.breaks();
  after.rate(CHAT, 5, "Kind");
  after.mailTo(CHAT, "vera@holm.example");
  expect(sent("rate")).toEqual([]);
  const back = (await wire(2)).welcome();
  expect(sent("rate", back)).toMatchObject([{ stars: 5, comment: "Kind" }]);
  expect(sent("transcribe", back)).toMatchObject([{ to: "vera@holm.example", language: "en" }]);
  back.hears({ t: "transcribed", chat: CHAT, to: "vera@holm.example" });
  expect(after.mail.value).toEqual({ is: "done", done: "vera@holm.example" });
});

test("a refusal is said and not asked again", async () => {
  const { after, line, sent } = await anEnd();
  after.mailTo(CHAT, "vera@holm.example");
  line.hears({ t: "refused", command: "transcribe", code: "too_many", message: "", cid: null, chat: CHAT, retry_ms: null });
  expect(after.mail.value).toEqual({ is: "failed", code: "too_many" });
  line.breaks();
  const back = (await wire(2)).welcome();
  expect(sent("transcribe", back)).toEqual([]);
});

test("forgetting empties the device at once, and tells the server when the line is back", async () => {
  const { visit, drafts, keepsake, line } = await anEnd();
  drafts.of("name").value = "Vera";
  drafts.of(`comment ${CHAT}`).value = "half a word";
  line.breaks();
  await visit.forget();
  expect([visit.forgetting.value, visit.chat.value, drafts.of("name").value, drafts.of(`comment ${CHAT}`).value]).toEqual(["asked", null, "", ""]);
  expect([keepsake.forgets, visit.past.value]).toEqual([true, null]);
  const back = (await wire(2)).welcome();
  expect(back.sent).toContainEqual({ t: "forget" });
  expect(back.sent.filter((command) => command.t === "resume")).toEqual([]);
  back.hears({ t: "forgotten" });
  back.breaks(4507);
  await vi.waitFor(() => expect(visit.forgetting.value).toBe("done"));
  expect([keepsake.token, keepsake.forgets]).toEqual([null, false]);
});

test("another window of hers forgets, too, and the next question is a new visitor's", async () => {
  const { visit, keepsake, line } = await anEnd();
  line.breaks(4507);
  await vi.waitFor(() => expect(visit.forgetting.value).toBe("done"));
  visit.startAnew();
  await visit.ask("Vera", "Do you know me?");
  const next = await wire(2);
  expect(next.welcome().sent[0]).toEqual({ t: "hello", token: "vera-2" });
  expect([visit.forgetting.value, keepsake.token]).toEqual([null, "vera-2"]);
  expect(FakeWire.all).toHaveLength(2);
});

test("a server that has forgotten already is as good as one that says so", async () => {
  const { visit, keepsake, line } = await anEnd();
  line.breaks();
  await visit.forget();
  for (const place of [2, 3]) {
    const back = await wire(place);
    back.open();
    back.breaks(4504);
  }
  await vi.waitFor(() => expect(visit.forgetting.value).toBe("done"));
  expect(keepsake.token).toBeNull();
});
