import type { Upload } from "./files/uploads";
import { isSaid, type Log } from "./log";
import { tickOf, type Tick } from "./marker";
import type { Item } from "./outbox_store";
import type { Entry, Say, SentFile, Side, UUID } from "./protocol";

export interface Said {
  readonly kind: "said";
  /** For agents only. */
  readonly isNote: boolean;
  readonly cid: UUID;
  /** Its place in the log; null until it is stored. */
  readonly seq: number | null;
  readonly isMine: boolean;
  readonly name: string;
  readonly text: string;
  readonly file: SentFile | null;
  /** A file that is still going up. */
  readonly upload: Upload | null;
  readonly at: number;
  /** Only own lines have one. */
  readonly tick: Tick | null;
  readonly failed: string | null;
}

export interface Told {
  readonly kind: "answered" | "ended" | "transferred" | "erased";
  /** Who or what has it since, when it was given away: an agent, else a room. */
  readonly to: { readonly agent: string | null; readonly room: string } | null;
  readonly cid: UUID;
  readonly seq: number;
  readonly from: Side;
  readonly name: string;
  readonly at: number;
}

export type Line = Said | Told;

/** What a reader of this side sees: the stored log, then what is still on its way. */
export function linesOf(log: Log, outbox: readonly Item[], side: Side, uploads: readonly Upload[] = []): Line[] {
  const stored = new Set(log.entries.map((entry) => entry.cid));
  const pending = outbox.filter((item) => item.command.t === "say" && item.command.chat === log.chat && !stored.has(item.cid));
  const handed = new Set(pending.map((item) => item.cid));
  const arriving = uploads.filter(({ chat, cid }) => chat === log.chat && !stored.has(cid) && !handed.has(cid));
  const shown = log.entries.filter((entry) => entry.body.kind !== "hidden");
  return [...shown.map((entry) => lineOf(entry, log, side)), ...pending.flatMap(pendingLine), ...arriving.map(uploadLine)];
}

/** An entry never changes, only its tick: the same object lets a thread of thousands skip what it has drawn. */
const drawn = new WeakMap<Entry, Line>();

function lineOf(entry: Entry, log: Log, side: Side): Line {
  const tick = entry.from === side && isSaid(entry) ? tickOf(entry.seq, side, log.marks) : null;
  const known = drawn.get(entry);
  if (known !== undefined && (known.kind !== "said" || known.tick === tick && known.isMine === (entry.from === side))) return known;
  const line = freshLine(entry, side, tick);
  drawn.set(entry, line);
  return line;
}

function freshLine({ cid, seq, from, name, body, at: when }: Entry, side: Side, tick: Tick | null): Line {
  const at = Date.parse(when);
  if (body.kind === "text" || body.kind === "note" || body.kind === "file") {
    return { kind: "said", ...saidBy(body), upload: null, cid, seq, isMine: from === side, name, at, tick, failed: null };
  }
  const to = body.kind === "transferred" ? { agent: body.agent, room: body.room } : null;
  return { kind: body.kind as Told["kind"], to, cid, seq, from, name, at };
}

function pendingLine(item: Item): Said[] {
  if (item.command.t !== "say") return [];
  const tick = item.failed === null ? "sending" : "failed";
  return [{ kind: "said", ...saidBy(item.command.body), upload: null, cid: item.cid, seq: null, isMine: true, name: "", at: item.at, tick, failed: item.failed }];
}

function uploadLine(upload: Upload): Said {
  const { cid, at, failed } = upload;
  return { kind: "said", isNote: false, text: "", file: null, upload, cid, seq: null, isMine: true, name: "", at, tick: failed === null ? "sending" : "failed", failed };
}

function saidBy(body: Say["body"]): Pick<Said, "isNote" | "text" | "file"> {
  return body.kind === "file" ? { isNote: false, text: "", file: body } : { isNote: body.kind === "note", text: body.text, file: null };
}

/** A line is the last of its group when the next one has another writer, minute or tick: then it shows its time. */
export function endsGroup(line: Said, next: Line | undefined): boolean {
  if (line.failed !== null || next === undefined || next.kind !== "said") return true;
  if (next.isMine !== line.isMine || next.isNote !== line.isNote || next.name !== line.name && next.name !== "") return true;
  return next.tick !== line.tick || Math.floor(next.at / 60_000) !== Math.floor(line.at / 60_000);
}
