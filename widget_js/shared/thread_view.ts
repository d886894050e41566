import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Line } from "./lines";
import type { Missed } from "./rows";

const PAGES_AT_FIRST = 2;
const PAGES_AHEAD = 1;
/** So far above the newest line a person no longer sees it. */
const UP_PX = 200;

/** What came while the person looked away, as long as they look now. */
export function useMissed({ lines, readTo, isSeen }: { lines: readonly Line[]; readTo: number; isSeen: boolean }): Missed | null {
  const [missed, setMissed] = useState<Missed | null>(null);
  const newest = useRef(0);
  const seen = useRef(readTo);
  newest.current = lines.findLast((line) => line.seq !== null)?.seq ?? 0;
  useLayoutEffect(() => {
    if (!isSeen) return;
    setMissed({ after: seen.current, until: newest.current });
    return () => {
      seen.current = newest.current;
    };
  }, [isSeen]);
  return isSeen ? missed : null;
}

/** Only the newest pages are drawn; more when the person comes near the top. The reversed box stands still while it grows there. */
export function usePages(box: RefObject<HTMLElement | null>, pages: number): [first: number, top: RefObject<HTMLElement | null>] {
  const top = useRef<HTMLElement>(null);
  const [first, setFirst] = useState(() => Math.max(0, pages - PAGES_AT_FIRST));
  useEffect(() => {
    if (first === 0 || top.current === null) return;
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && setFirst(Math.max(0, first - PAGES_AHEAD)), { root: box.current, rootMargin: "1200px 0px" });
    watch.observe(top.current);
    return () => watch.disconnect();
  }, [first]);
  return [first, top];
}

/** How many lines there were when the person scrolled up; null while the newest is in sight. */
export function useScrolledUp(box: RefObject<HTMLElement | null>, lines: number): number | null {
  const [since, setSince] = useState<number | null>(null);
  const count = useRef(lines);
  count.current = lines;
  useEffect(() => {
    const scrolled = () => {
      const isUp = Math.abs(box.current?.scrollTop ?? 0) > UP_PX;
      setSince((before) => (isUp ? (before ?? count.current) : null));
    };
    box.current?.addEventListener("scroll", scrolled, { passive: true });
    return () => box.current?.removeEventListener("scroll", scrolled);
  }, []);
  return since;
}
