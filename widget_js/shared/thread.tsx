import { Component, type ComponentChildren, type RefObject } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Bubble } from "./bubble";
import { dayNameOf, hourOf } from "./clock";
import { nameOf } from "./files/words";
import { Icon } from "./icon";
import { language } from "./language";
import type { Line, Told } from "./lines";
import type { UUID } from "./protocol";
import { isMine, type Row, rowsOf, sameRow } from "./rows";
import { useMissed, usePages, useScrolledUp } from "./thread_view";
import { SHARED_WORDS as words } from "./words";

export interface ThreadProps {
  /** All of the log, and what is on its way. */
  lines: readonly Line[];
  told(line: Told): string;
  tryAgain(cid: UUID): void;
  remove(cid: UUID): void;
  /** Up to this seq this person has read, on any device. */
  readTo: number;
  /** It is before the person's eyes right now. */
  isSeen: boolean;
  /** Below the newest line: who is typing. */
  children?: ComponentChildren;
}

const ROWS_PER_PAGE = 60;

/** The log, newest line at the bottom. The scrolling box is reversed by CSS: that is what keeps it at the newest line. */
export function Thread(props: ThreadProps) {
  const { lines, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const missed = useMissed(props);
  const pages = useMemo(() => inPages(rowsOf(lines, missed, Date.now())), [lines, missed]);
  const [firstPage, top] = usePages(box, pages.length);
  useNewestOnSaying(box, lines);
  return (
    <div class="thread-frame">
      <div class="thread" ref={box} role="log" aria-label={words.messages} aria-live="off" tabIndex={0}>
        {children}
        <div class="entries">
          <i ref={top} />
          {pages.map((page, place) => place >= firstPage && <Page key={place} rows={page} thread={latest} spoken={language.value} />)}
        </div>
      </div>
      <News {...props} />
      <ToNewest box={box} lines={lines} />
    </div>
  );
}

interface PageProps {
  rows: readonly Row[];
  thread: RefObject<ThreadProps>;
  spoken: string;
}

/** Sixty rows that are drawn again only when one of them changed: a new line must not cost what the whole log costs. */
class Page extends Component<PageProps> {
  override shouldComponentUpdate({ rows, spoken }: PageProps): boolean {
    return spoken !== this.props.spoken || rows.length !== this.props.rows.length || !rows.every((row, place) => sameRow(row, this.props.rows[place]));
  }

  override render() {
    const { rows, thread } = this.props;
    return <div class="entries">{rows.map((row) => drawn(row, thread.current!))}</div>;
  }
}

function drawn(row: Row, { told, tryAgain, remove }: ThreadProps) {
  if (row.kind === "day") return <p key={row.key} class="told day">{dayNameOf(row.at, Date.now())}</p>;
  if (row.kind === "unread") return <p key={row.key} class="unread-line">{words.unreadLine}</p>;
  if (row.line.kind !== "said") return <p key={row.key} class="told" dir="auto">{told(row.line)} · {hourOf(row.line.at)}</p>;
  return <Bubble key={row.key} line={row.line} isLast={row.endsGroup} tryAgain={tryAgain} remove={remove} />;
}

/** Read out once, as it comes. The log itself is silent: older pages that are drawn on scrolling are no news. */
function News({ lines, told }: ThreadProps) {
  const known = useRef(lines.findLast((line) => line.seq !== null)?.seq ?? 0);
  const news = lines.filter((line) => line.seq !== null && line.seq > known.current && !isMine(line)).slice(-3);
  return (
    <div class="sr" aria-live="polite">
      {news.map((line) => <p key={line.cid}>{line.kind === "said" ? words.says(line.name, line.file === null ? line.text : nameOf(line.file)) : told(line)}</p>)}
    </div>
  );
}

function ToNewest({ box, lines }: { box: RefObject<HTMLDivElement | null>; lines: readonly Line[] }) {
  const since = useScrolledUp(box, lines.length);
  if (since === null) return null;
  const count = lines.slice(since).filter((line) => line.kind === "said" && !line.isMine).length;
  const label = count > 0 ? words.newCount(count) : words.newest;
  return (
    <button type="button" class={count > 0 ? "to-newest counts" : "to-newest"} aria-label={label} title={label} onClick={() => box.current?.scrollTo({ top: 0, behavior: "smooth" })}>
      {count > 0 && <span aria-hidden="true">{count}</span>}<Icon name="down" />
    </button>
  );
}

function useNewestOnSaying(box: RefObject<HTMLDivElement | null>, lines: readonly Line[]): void {
  const mine = lines.findLast((line) => line.kind === "said" && line.isMine && line.tick === "sending")?.cid;
  useEffect(() => {
    if (mine !== undefined) box.current?.scrollTo({ top: 0 });
  }, [mine]);
}

function inPages(rows: readonly Row[]): (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_PER_PAGE) }, (_, page) => rows.slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE));
}
