import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { hourOf } from "./clock";
import { Icon, type IconName } from "./icon";
import { endsGroup, type Line, type Said, type Told } from "./lines";
import type { Tick } from "./marker";
import type { UUID } from "./protocol";
import { Button, Face } from "./ui";
import { SHARED_WORDS as words } from "./words";

const TICK_ICONS: Record<Tick, IconName> = { sending: "clock", sent: "check", delivered: "checks", read: "checks", failed: "warn" };

export interface ThreadProps {
  lines: readonly Line[];
  told(line: Told): string;
  tryAgain(cid: UUID): void;
  remove(cid: UUID): void;
  children?: ComponentChildren;
}

/** The log, newest line at the bottom. The scrolling box is reversed by CSS: that is what keeps it at the newest line. */
export function Thread({ lines, told, tryAgain, remove, children }: ThreadProps) {
  const box = useRef<HTMLDivElement>(null);
  const mine = lines.findLast((line) => line.kind === "said" && line.isMine && line.tick === "sending")?.cid;
  useEffect(() => {
    if (mine !== undefined) box.current?.scrollTo({ top: 0 });
  }, [mine]);
  return (
    <div class="thread" ref={box} tabIndex={0}>
      {children}
      <div class="entries" role="log" aria-label={words.messages} aria-live="polite">
        {lines.map((line, place) =>
          line.kind === "said"
            ? <Bubble key={line.cid} line={line} isLast={endsGroup(line, lines[place + 1])} tryAgain={tryAgain} remove={remove} />
            : <p key={line.cid} class="told">{told(line)} · {hourOf(line.at)}</p>,
        )}
      </div>
    </div>
  );
}

interface BubbleProps extends Pick<ThreadProps, "tryAgain" | "remove"> {
  line: Said;
  isLast: boolean;
}

function Bubble({ line, isLast, tryAgain, remove }: BubbleProps) {
  const { isMine, tick, name, text, failed, cid } = line;
  return (
    <div class={`said ${isMine ? "mine" : "theirs"} ${tick ?? ""} ${isLast ? "last" : ""}`}>
      {!isMine && isLast && <Face name={name} size="small" of="agent" />}
      <p class="bubble" dir="auto">{text}</p>
      {isLast && <p class="stamp"><time>{hourOf(line.at)}</time>{tick && <TickMark tick={tick} />}</p>}
      {failed !== null && (
        <div class="ways-on" role="alert">
          <p>{words.refused(failed)}</p>
          <Button onClick={() => tryAgain(cid)}>{words.tryAgain}</Button>
          <Button look="plain" onClick={() => remove(cid)}>{words.remove}</Button>
        </div>
      )}
    </div>
  );
}

function TickMark({ tick }: { tick: Tick }) {
  return <span class={`tick ${tick}`} role="img" aria-label={words.tick(tick)} title={words.tick(tick)}><Icon name={TICK_ICONS[tick]} /></span>;
}
