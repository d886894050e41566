import type { Entries, Entry, Marked, Marks, Message, Side, UUID } from "./protocol";

/** What this device knows of one chat. `entries` runs from seq 1 without gaps; `early` waits for a gap to fill. */
export interface Log {
  readonly chat: UUID;
  readonly entries: readonly Entry[];
  readonly early: readonly Entry[];
  /** The highest seq that the server is known to have. */
  readonly known: number;
  readonly marks: Marks;
  /** The first page has arrived: an empty log is now really empty. */
  readonly read: boolean;
}

export type Phase = "waiting" | "active" | "ended";
export type LogEvent = Message | Entries | Marked;

const NO_MARKS: Marks = { visitor_delivered: 0, visitor_read: 0, agent_delivered: 0, agent_read: 0 };

export function emptyLog(chat: UUID): Log {
  return { chat, entries: [], early: [], known: 0, marks: NO_MARKS, read: false };
}

/** The log after an event of its chat. Duplicates change nothing; what is out of order is kept until it fits. */
export function after(log: Log, event: LogEvent): Log {
  if (event.t === "marked") return { ...log, marks: higher(log.marks, event.marks) };
  if (event.t === "message") return joined(log, [event.entry], event.entry.seq);
  const end = event.entries.at(-1)?.seq ?? lastSeq(log);
  const grown = joined(log, event.entries, event.more ? end + 1 : end);
  return { ...grown, marks: higher(grown.marks, event.marks), read: true };
}

export function lastSeq(log: Log): number {
  return log.entries.at(-1)?.seq ?? 0;
}

/** There is more on the server: send `resume` after `lastSeq`. */
export function isBehind(log: Log): boolean {
  return log.known > lastSeq(log);
}

export function phase(log: Log): Phase {
  if (log.entries.at(-1)?.body.kind === "ended") return "ended";
  return log.entries.some((entry) => entry.body.kind === "answered") && ringsAgainIn(log) === null ? "active" : "waiting";
}

/** Who has the chat, or had it last, by name. */
export function answeredBy(log: Log): string | null {
  const last = log.entries.findLast(({ body }) => body.kind === "answered" || body.kind === "transferred" && body.agent !== null);
  return last?.body.kind === "transferred" ? last.body.agent : (last?.name ?? null);
}

/** The room where it rings again since somebody gave it away. */
export function ringsAgainIn(log: Log): string | null {
  const last = log.entries.findLast(({ body }) => body.kind === "answered" || body.kind === "transferred");
  return last?.body.kind === "transferred" && last.body.agent === null ? last.body.room : null;
}

/** What the other side said and this side has not seen on any of its devices. */
export function unread(log: Log, side: Side): number {
  const seen = log.marks[`${side}_read`];
  return log.entries.filter((entry) => entry.seq > seen && entry.from !== side && isSaid(entry)).length;
}

/** Something that a person said, as a text or a file. */
export function isSaid({ body }: Entry): boolean {
  return body.kind === "text" || body.kind === "file";
}

function joined(log: Log, fresh: readonly Entry[], known: number): Log {
  const entries = [...log.entries];
  const early: Entry[] = [];
  const inOrder = [...log.early, ...fresh].sort((one, other) => one.seq - other.seq);
  for (const entry of inOrder) {
    const due = (entries.at(-1)?.seq ?? 0) + 1;
    if (entry.seq === due) entries.push(entry);
    else if (entry.seq > due && entry.seq !== early.at(-1)?.seq) early.push(entry);
  }
  return { ...log, entries, early, known: Math.max(log.known, known, early.at(-1)?.seq ?? 0) };
}

function higher(one: Marks, other: Marks): Marks {
  return {
    visitor_delivered: Math.max(one.visitor_delivered, other.visitor_delivered),
    visitor_read: Math.max(one.visitor_read, other.visitor_read),
    agent_delivered: Math.max(one.agent_delivered, other.agent_delivered),
    agent_read: Math.max(one.agent_read, other.agent_read),
  };
}
