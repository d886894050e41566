import { endsGroup, type Line } from "./lines";

/** Lines that came while the person looked away: after the first seq, up to the second. */
export interface Missed {
  readonly after: number;
  readonly until: number;
}

export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "unread"; readonly key: string }
  | { readonly kind: "line"; readonly key: string; readonly line: Line; readonly endsGroup: boolean };

/** What stands in a thread: its lines, a mark where a day begins, and one where the missed lines begin. */
export function rowsOf(lines: readonly Line[], missed: Missed | null, now: number): Row[] {
  const rows: Row[] = [];
  const firstMissed = missed === null ? undefined : firstOf(lines, missed);
  const isAllToday = lines.length === 0 || dayOf(lines[0]!.at).from === dayOf(now).from;
  let day = isAllToday ? dayOf(now) : NO_DAY;
  for (const [place, line] of lines.entries()) {
    if (line.at < day.from || line.at >= day.to) {
      day = dayOf(line.at);
      rows.push({ kind: "day", key: `day ${line.cid}`, at: line.at });
    }
    if (line === firstMissed) rows.push({ kind: "unread", key: "unread" });
    const next = lines[place + 1];
    rows.push({ kind: "line", key: line.cid, line, endsGroup: line.kind !== "said" || next === firstMissed || endsGroup(line, next) });
  }
  return rows;
}

/** The mark goes away when the person has written since. */
function firstOf(lines: readonly Line[], { after, until }: Missed): Line | undefined {
  if (lines.some((line) => isMine(line) && (line.seq === null || line.seq > until))) return undefined;
  return lines.find((line) => !isMine(line) && line.kind === "said" && line.seq !== null && line.seq > after && line.seq <= until);
}

export function isMine(line: Line): boolean {
  return line.kind === "said" && line.isMine;
}

const NO_DAY = { from: 0, to: 0 };

/** The calendar day where the reader is; its length is not always 24 hours. */
function dayOf(at: number): { from: number; to: number } {
  const [from, to] = [new Date(at).setHours(0, 0, 0, 0), new Date(at).setHours(24, 0, 0, 0)];
  return { from, to };
}

export function sameRow(one: Row, other: Row | undefined): boolean {
  if (one === other) return true;
  if (other === undefined || one.kind !== other.kind || one.key !== other.key) return false;
  return one.kind !== "line" || other.kind !== "line" || one.line === other.line && one.endsGroup === other.endsGroup;
}
