import type { Command, Marks, Side, UUID } from "./protocol";
import type { Log } from "./log";

type Mark = Extract<Command, { t: "mark" }>;
const GATHER_MS = 100;

/** The mark that this side owes for a chat, or null. Only what the other side wrote for this one needs one. */
export function owed(log: Log, side: Side, isSeen: boolean): Mark | null {
  const received = log.entries.findLast((entry) => entry.from !== side && entry.body.kind !== "hidden")?.seq ?? 0;
  const delivered = Math.max(received, log.marks[`${side}_delivered`]);
  const read = Math.max(isSeen ? received : 0, log.marks[`${side}_read`]);
  if (delivered === log.marks[`${side}_delivered`] && read === log.marks[`${side}_read`]) return null;
  return { t: "mark", chat: log.chat, delivered, read };
}

/** Gathers the marks of 100 ms into one per chat, and sends none twice on one connection. */
export class Marker {
  private readonly waiting = new Map<UUID, Mark>();
  private readonly sent = new Map<UUID, Pick<Mark, "delivered" | "read">>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (command: Mark) => boolean) {}

  owe(mark: Mark): void {
    const sent = this.sent.get(mark.chat);
    if (sent !== undefined && sent.delivered >= mark.delivered && sent.read >= mark.read) return;
    this.waiting.set(mark.chat, mark);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  connected(): void {
    this.sent.clear();
  }

  refused(chat: UUID): void {
    this.sent.delete(chat);
  }

  private flush(): void {
    this.timer = undefined;
    for (const mark of this.waiting.values()) if (this.send(mark)) this.sent.set(mark.chat, mark);
    this.waiting.clear();
  }
}

export type Tick = "sending" | "sent" | "delivered" | "read" | "failed";

/** How far an own entry got, by the other side's marks. */
export function tickOf(seq: number, side: Side, marks: Marks): Tick {
  const other = side === "visitor" ? "agent" : "visitor";
  if (marks[`${other}_read`] >= seq) return "read";
  return marks[`${other}_delivered`] >= seq ? "delivered" : "sent";
}
