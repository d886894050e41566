import { emptyLog, type Log } from "../shared/log";
import type { Item } from "../shared/outbox_store";
import type { Body, Card, Entry, Marks, Side, UUID } from "../shared/protocol";

/** Vera of the shop, Ben and Cara of Acme Bikes, as in the mockups. */
export const CHAT: UUID = "0190a0b0-0000-7000-8000-000000000001";
export const QUESTION = "Which frame size fits 1.72 m? I am between M and L.";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface Told {
  from: Side;
  name: string;
  body: Body;
  /** Minutes ago. */
  ago: number;
}

export const vera = (text: string, ago = 3): Told => ({ from: "visitor", name: "Vera Lindqvist", body: { kind: "text", text }, ago });
export const ben = (text: string, ago = 3): Told => ({ from: "agent", name: "Ben", body: { kind: "text", text }, ago });
export const answered = (ago = 4): Told => ({ from: "agent", name: "Ben", body: { kind: "answered" }, ago });
export const ended = (from: Side = "agent", ago = 0): Told => ({ from, name: from === "agent" ? "Ben" : "Vera Lindqvist", body: { kind: "ended" }, ago });

export const note = (text: string, ago = 3): Told => ({ from: "agent", name: "Ben", body: { kind: "note", text }, ago });
export const hidden = (ago = 3): Told => ({ from: "agent", name: "", body: { kind: "hidden" }, ago });
export const passedOn = (room: string, agent: string | null, ago = 1): Told => ({ from: "agent", name: "Ben", body: { kind: "transferred", room, agent }, ago });

export const TALK: readonly Told[] = [
  vera(QUESTION, 5), answered(4), ben("Hi Vera, Ben here from the workshop. You are looking at the Fjord 3, right?", 4), vera("Yes! I am 172 cm and between M and L.", 3), vera("Which one fits?", 3),
  ben("Easy to settle. What is your inside leg? Heel to crotch, no shoes.", 3), vera("81 cm", 1),
];

export const DAYS: readonly Told[] = [
  vera(QUESTION, 3 * 1440), answered(3 * 1440), ben("The M. I put one aside for you.", 3 * 1440), vera("Great, I come by on Thursday.", 1440 + 20), ben("See you then!", 1440 + 19),
  vera("I am here 🚲", 12), ben("Coming down.", 11), ben("Two minutes.", 10),
];

export const RICH: readonly Told[] = [
  vera(QUESTION, 6), answered(5), ben("Here is how to measure: https://acme.example/fit?size=m (one minute). Or write to workshop@acme.example.", 5),
  vera("👍", 4), ben("👩‍🔧🚲", 4), vera("javascript:alert(1) is no link, <b>and this is no HTML</b>.", 3),
  ben("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenherstellerverband".repeat(2), 2), vera("أهلاً، هل المقاس M متوفر؟", 1), ben("First line\nsecond line\n\nfourth line", 1),
];

/** The stored log of these lines; read by the other side up to `read`. */
export function aLog(told: readonly Told[], { read = told.length, own = told.length, delivered = told.length }: { read?: number; own?: number; delivered?: number } = {}): Log {
  const entries = told.map((line, place): Entry => ({
    seq: place + 1, from: line.from, name: line.name, body: line.body, cid: `0190a0b0-0000-7000-8000-${(place + 16).toString(16).padStart(12, "0")}`,
    at: new Date(Date.now() - line.ago * MINUTE).toISOString(),
  }));
  const marks: Marks = { visitor_delivered: told.length, visitor_read: own, agent_delivered: delivered, agent_read: read };
  return { ...emptyLog(CHAT), entries, known: entries.length, marks, read: true };
}

/** Lines of two people over some days. */
export function longTalk(lines: number): Told[] {
  const talk = [vera(QUESTION, 4 * 1440), answered(4 * 1440)];
  for (let place = 2; place < lines; place += 1) {
    const text = `Line ${place + 1}. ${"Tyres, gears, frames and the way home. ".repeat(place % 4)}`;
    const ago = Math.round((4 * DAY * (1 - place / lines)) / MINUTE);
    talk.push(place % 3 === 0 ? vera(text, ago) : ben(text, ago));
  }
  return talk;
}

export function unsent(text: string, place: number, failed: string | null = null): Item {
  const cid = `0190a0b0-0000-7000-9000-00000000000${place}`;
  return { cid, at: Date.now(), failed, command: { t: "say", cid, chat: CHAT, body: { kind: "text", text } } };
}

export function aCard(chat: string, card: Partial<Card>): Card {
  return {
    chat, room: "GENERAL", status: "waiting", name: "Vera Lindqvist", question: QUESTION, page: "https://shop.example/bikes/fjord-3", page_title: "Fjord 3, the town bike", since: new Date(Date.now() - 24_000).toISOString(),
    agent: null, agent_name: null, transferred_by: null, tags: [], rating: null, ...card,
  };
}
