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
  const isAllToday = lines.length === 0 || dayOf(lines[0]!.at) === dayOf(now);
  let day = isAllToday ? dayOf(now) : Number.NaN;
  for (const [place, line] of lines.entries()) {
    if (dayOf(line.at) !== day) rows.push({ kind: "day", key: `day ${line.cid}`, at: line.at });
    day = dayOf(line.at);
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

/** A number per calendar day where the reader is. */
function dayOf(at: number): number {
  const date = new Date(at);
  return date.getFullYear() * 400 + date.getMonth() * 31 + date.getDate();
}

export function sameRow(one: Row, other: Row | undefined): boolean {
  if (one === other) return true;
  if (other === undefined || one.kind !== other.kind || one.key !== other.key) return false;
  return one.kind !== "line" || other.kind !== "line" || one.line === other.line && one.endsGroup === other.endsGroup;
}
