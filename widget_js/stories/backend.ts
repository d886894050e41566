import type { Backend } from "../console/backend";
import { Refusal } from "../console/backend";
import type { CustomerRecord, EarlierChat, EarlierEntries } from "../shared/protocol";
import { aLog, ended, TALK } from "./cast";

const EARLIER: readonly EarlierChat[] = [
  { chat: "c1", at: "2026-09-02T13:00:00Z", room: "GENERAL", agent: "Ben", question: "Gears slip after the service" },
  { chat: "c2", at: "2026-04-11T09:00:00Z", room: "Sales", agent: "Alice", question: "Which lights fit the Fjord 3? The box says 31.8 mm and I have 25.4." },
  { chat: "c3", at: "2025-12-20T16:00:00Z", room: "GENERAL", agent: null, question: "هل المتجر مفتوح غداً؟" },
];
const RECORD: CustomerRecord = {
  name: "Vera Lindqvist", first_seen: "2025-12-20T16:00:00Z", chats: 14, earlier: [...EARLIER], more: true,
  page: "https://shop.example/bikes/fjord-3", referrer: "https://www.bike-forum.example/threads/which-fjord", device: "Safari on iPhone",
  user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1",
};
const TEXTS = [
  { shortcut: "hours", text: "We are open 9 to 18, Saturdays to 16." },
  { shortcut: "measure", text: "Dear {customer}, stand against a wall with a book between your legs, {agent} needs the height of its back." },
  { shortcut: "thanks", text: "Thank you for writing to {business}." },
];

/** Answers as the server would, without one. */
function answering(answers: Readonly<Record<string, unknown>>): Backend {
  const answer = async <T>(path: string): Promise<T> => {
    const found = Object.entries(answers).find(([part]) => path.includes(part));
    if (found === undefined) throw new Refusal("The server did not answer. Check your connection and try again.");
    return found[1] as T;
  };
  return { get: answer, post: answer };
}

const LOG: EarlierEntries = { entries: [...aLog([...TALK, ended("visitor")]).entries], more: false };

export const A_BACKEND = answering({ "/customer": RECORD, "/earlier/": LOG, "/usable": { texts: TEXTS }, "/tags": { names: ["fitting", "returning"] } });
export const A_LONELY_BACKEND = answering({ "/customer": { ...RECORD, chats: 1, earlier: [], more: false, referrer: null }, "/usable": { texts: [] }, "/tags": { names: [] } });
/** A browser that says what no browser of a person says, or too much. */
export const AN_ODD_BACKEND = answering({
  "/customer": { ...RECORD, page: "javascript:alert(1)", referrer: "javascript:alert(document.domain)//a-long-way-from-anything-that-may-be-a-link", device: "A browser", user_agent: "<b>curl</b>" },
  "/usable": { texts: [] }, "/tags": { names: [] },
});
/** From one page of the shop to the next. */
export const A_BACKEND_WITHIN = answering({ "/customer": { ...RECORD, referrer: "https://shop.example/bikes/compare/fjord-3/fjord-5/and-all-the-others" }, "/usable": { texts: TEXTS }, "/tags": { names: [] } });
export const A_SILENT_BACKEND = answering({});
