import type { Body, Entries, Entry, Marks, Side, UUID } from "./protocol";

export const CHAT: UUID = "0190a0b0-0000-7000-8000-000000000001";

/** Entries as Vera and Ben would write them; the cid follows from seq so that two makings are equal. */
export function anEntry(seq: number, from: Side, said: string | Body, minute = seq): Entry {
  const body: Body = typeof said === "string" ? { kind: "text", text: said } : said;
  const at = new Date(Date.UTC(2026, 0, 5, 10, minute)).toISOString();
  return { seq, from, name: from === "agent" ? "Ben" : "Vera", at, cid: cidOf(seq), body };
}

export function cidOf(seq: number): UUID {
  return `0190a0b0-0000-7000-8000-${seq.toString(16).padStart(12, "0")}`;
}

export function page(entries: Entry[], marks: Marks): Entries {
  return { t: "entries", chat: CHAT, entries, more: false, marks };
}

export function someMarks(marks: Partial<Marks>): Marks {
  return { visitor_delivered: 0, visitor_read: 0, agent_delivered: 0, agent_read: 0, ...marks };
}

/** The same seed gives the same order. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const result = [...list];
  let state = seed + 1;
  for (let place = result.length - 1; place > 0; place--) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const other = state % (place + 1);
    [result[place], result[other]] = [result[other]!, result[place]!];
  }
  return result;
}
