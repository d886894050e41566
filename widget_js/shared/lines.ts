import type { Log } from "./log";
import { tickOf, type Tick } from "./marker";
import type { Item } from "./outbox_store";
import type { Entry, Side, UUID } from "./protocol";

export interface Said {
  readonly kind: "said";
  readonly cid: UUID;
  readonly isMine: boolean;
  readonly name: string;
  readonly text: string;
  readonly at: number;
  /** Only own lines have one. */
  readonly tick: Tick | null;
  readonly failed: string | null;
}

export interface Told {
  readonly kind: "answered" | "ended";
  readonly cid: UUID;
  readonly from: Side;
  readonly name: string;
  readonly at: number;
}

export type Line = Said | Told;

/** What a reader of this side sees: the stored log, then what is still on its way. */
export function linesOf(log: Log, outbox: readonly Item[], side: Side): Line[] {
  const stored = new Set(log.entries.map((entry) => entry.cid));
  const pending = outbox.filter((item) => item.command.t === "say" && item.command.chat === log.chat && !stored.has(item.cid));
  return [...log.entries.map((entry) => lineOf(entry, log, side)), ...pending.flatMap(pendingLine)];
}

function lineOf(entry: Entry, log: Log, side: Side): Line {
  const { cid, from, name, body } = entry;
  const at = Date.parse(entry.at);
  if (body.kind !== "text") return { kind: body.kind, cid, from, name, at };
  const isMine = from === side;
  const tick = isMine ? tickOf(entry.seq, side, log.marks) : null;
  return { kind: "said", cid, isMine, name, text: body.text, at, tick, failed: null };
}

function pendingLine(item: Item): Said[] {
  if (item.command.t !== "say") return [];
  const { text } = item.command.body;
  const tick = item.failed === null ? "sending" : "failed";
  return [{ kind: "said", cid: item.cid, isMine: true, name: "", text, at: item.at, tick, failed: item.failed }];
}

/** A line is the last of its group when the next one has another writer, minute or tick: then it shows its time. */
export function endsGroup(line: Said, next: Line | undefined): boolean {
  if (line.failed !== null || next === undefined || next.kind !== "said") return true;
  if (next.isMine !== line.isMine || next.name !== line.name && next.name !== "") return true;
  return next.tick !== line.tick || Math.floor(next.at / 60_000) !== Math.floor(line.at / 60_000);
}
