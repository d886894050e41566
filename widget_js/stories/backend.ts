import type { Backend } from "../console/backend";
import { Refusal } from "../console/backend";
import type { CustomerRecord, EarlierChat, EarlierEntries } from "../shared/protocol";
import { aLog, ended, TALK } from "./cast";

const EARLIER: readonly EarlierChat[] = [
  { chat: "c1", at: "2026-09-02T13:00:00Z", room: "GENERAL", agent: "Ben", question: "Gears slip after the service" },
  { chat: "c2", at: "2026-04-11T09:00:00Z", room: "Sales", agent: "Alice", question: "Which lights fit the Fjord 3? The box says 31.8 mm and I have 25.4." },
  { chat: "c3", at: "2025-12-20T16:00:00Z", room: "GENERAL", agent: null, question: "هل المتجر مفتوح غداً؟" },
];
const RECORD: CustomerRecord = { name: "Vera Lindqvist", first_seen: "2025-12-20T16:00:00Z", chats: 14, earlier: [...EARLIER], more: true };
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
export const A_LONELY_BACKEND = answering({ "/customer": { ...RECORD, chats: 1, earlier: [], more: false }, "/usable": { texts: [] }, "/tags": { names: [] } });
export const A_SILENT_BACKEND = answering({});
