import { useContext } from "preact/hooks";
import { hourOf } from "./clock";
import { OfChat } from "./files/of_chat";
import { nameOf } from "./files/words";
import { Icon, type IconName } from "./icon";
import type { Said } from "./lines";
import { isFewEmoji, pieces } from "./links";
import type { Tick } from "./marker";
import type { UUID } from "./protocol";
import { Button, Face } from "./ui";
import { SHARED_WORDS as words } from "./words";

const TICK_ICONS: Record<Tick, IconName> = { sending: "clock", sent: "check", delivered: "checks", read: "checks", failed: "warn" };

/** Refusals that the same message would meet again. */
const FINAL = new Set([
  "no_chat", "closed", "not_party", "bad_body", "empty", "too_long", "infected", "too_large", "too_many_pixels", "too_many_files", "empty_file",
]);

interface BubbleProps {
  line: Said;
  isLast: boolean;
  tryAgain(cid: UUID): void;
  remove(cid: UUID): void;
}

/** One message. */
export function Bubble({ line, isLast, tryAgain, remove }: BubbleProps) {
  const { isMine, isNote, tick, name, failed, cid } = line;
  const look = ["said", isMine ? "mine" : "theirs", isNote && "note", tick, isLast && "last"].filter(Boolean).join(" ");
  return (
    <div class={look}>
      {isNote && <p class="note-head"><Icon name="lock" />{words.noteHead}</p>}
      {!isMine && isLast && <Face name={name} size="small" of="agent" />}
      <Content line={line} remove={remove} />
      {isLast && <p class="stamp"><time dateTime={new Date(line.at).toISOString()}>{hourOf(line.at)}</time>{isNote && name !== "" && <span dir="auto"> · {name}</span>}{tick && <TickMark tick={tick} />}</p>}
      {failed !== null && (
        <div class="ways-on" role="alert">
          <p>{words.refused(failed)}</p>
          {!FINAL.has(failed) && <Button onClick={() => tryAgain(cid)}>{words.tryAgain}</Button>}
          <Button look="plain" onClick={() => remove(cid)}>{words.remove}</Button>
        </div>
      )}
    </div>
  );
}

function Content({ line: { text, file, upload, cid }, remove }: Pick<BubbleProps, "line" | "remove">) {
  const files = useContext(OfChat);
  if (upload !== null) return files && <files.Outgoing upload={upload} cancel={() => remove(cid)} />;
  if (file !== null) return files === null ? <p class="bubble" dir="auto">{nameOf(file)}</p> : <files.Attachment file={file} />;
  return <p class={isFewEmoji(text) ? "bubble emoji" : "bubble"} dir="auto"><Written text={text} /></p>;
}

/** What people wrote: text, and links that tell the other site nothing about us. */
export function Written({ text }: { text: string }) {
  return <>{pieces(text).map((piece) => (typeof piece === "string" ? piece : <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">{piece.text}</a>))}</>;
}

function TickMark({ tick }: { tick: Tick }) {
  return <span class={`tick ${tick}`} role="img" aria-label={words.tick(tick)} title={words.tick(tick)}><Icon name={TICK_ICONS[tick]} /></span>;
}
