import { useEffect, useRef } from "preact/hooks";
import { isFocusLost } from "../shared/cursor";
import { Icon, type IconName } from "../shared/icon";
import { answeredBy, type Log } from "../shared/log";
import { useObserved } from "../shared/observable";
import { LONGEST_COMMENT } from "../shared/protocol";
import { Alert, Button, LongField, Notice } from "../shared/ui";
import type { Afterwards } from "./afterwards";
import { StarsField } from "./stars_field";
import { asPage, asText, save, transcript } from "./transcript";
import type { ViewProps } from "./view_props";
import { words } from "./words";

type Props = ViewProps & { after: Afterwards };

/** Under the last line of a chat that has ended: how it was, and how to take it along. */
export function AfterChat(props: Props & { log: Log }) {
  const { after, log } = props;
  useEffect(() => after.look(), [log.chat]);
  return (
    <section class="after" aria-label={words.chatEnded}>
      <Rating {...props} />
      <Transcripts {...props} />
    </section>
  );
}

function Rating({ after, drafts, visit, log }: Props & { log: Log }) {
  const state = useObserved(after.rating);
  useObserved(visit.past);
  const comment = drafts.of(`comment ${log.chat}`);
  const written = useObserved(comment);
  const stored = after.ratingOf(log.chat);
  const stars = after.wantedStars(log.chat) ?? stored?.stars ?? 0;
  const name = answeredBy(log) ?? "";
  const rate = (count: number) => after.rate(log.chat, count, written || stored?.comment || "");
  const isSaid = stored?.comment != null && (written.trim() === "" || written.trim() === stored.comment);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { if (isSaid && isFocusLost()) heading.current?.focus(); }, [isSaid]); // the button that sent it is gone
  if (state.is === "failed" && state.code === "closed" && stored === null) return <Alert kind="info">{words.notRated(state.code)}</Alert>;
  return (
    <div class="stack centred">
      <div role="status">
        <h2 class="headline" dir="auto" tabIndex={-1} ref={heading}>{stars > 0 ? words.thanks : words.howWas(name)}</h2>
        <p class="small quiet" dir="auto">{stars === 0 ? words.pressRates(name) : isSaid ? words.wordSent(name) : words.rated(stars)}</p>
      </div>
      <StarsField label={words.howWas(name)} stars={stars} choose={rate} />
      {state.is === "failed" && <Alert kind="bad">{words.notRated(state.code)}</Alert>}
      {state.is === "sending" && visit.link.value !== "live" && <Notice kind="wait" icon="offline">{words.goesOutLater}</Notice>}
      {stars > 0 && (
        <form class="stack" onSubmit={(event) => { event.preventDefault(); after.rate(log.chat, stars, written); }}>
          <LongField label={words.aWord(name)} rows={2} longest={LONGEST_COMMENT} value={written || stored?.comment || ""} written={(text) => (comment.value = text)} />
          {!isSaid && <Button type="submit" isWide disabled={written.trim() === ""} isBusy={state.is === "sending"}>{words.send}</Button>}
        </form>
      )}
    </div>
  );
}

function Transcripts({ after, boot, log, places, visit }: Props & { log: Log }) {
  const mail = useObserved(after.mail);
  useObserved(visit.link);
  const isOverlaid = useObserved(places.now).at(-1) === "mail"; // what lies under a dialog is not read out
  const title = `${words.chatWith(answeredBy(log) ?? boot.business)} · ${boot.business}`;
  const name = `chat-${log.entries[0]?.at.slice(0, 10) ?? ""}`;
  return (
    <>
      <div role="status">{mail.is === "done" && !isOverlaid && <Notice kind="good">{words.mailSent(mail.done)}</Notice>}</div>
      {mail.is === "sending" && visit.link.value !== "live" && <Notice kind="wait" icon="offline">{words.goesOutLater}</Notice>}
      <ul class="choices">
        <Way icon="mail" label={words.mailTranscript} what={words.mailWhat} act={() => places.enter("mail")} />
        <Way icon="file" label={words.saveText} what={words.saveTextWhat} act={() => save(`${name}.txt`, "text/plain", asText(title, transcript(log)))} />
        <Way icon="download" label={words.savePage} what={words.savePageWhat} act={() => save(`${name}.html`, "text/html", asPage(title, transcript(log)))} />
      </ul>
    </>
  );
}

function Way({ icon, label, what, act }: { icon: IconName; label: string; what: string; act(): void }) {
  return (
    <li>
      <button type="button" class="choice" onClick={act}>
        <span class="dot"><Icon name={icon} /></span>
        <span class="grow"><span class="t">{label}</span><span class="d">{what}</span></span>
        <Icon name="right" />
      </button>
    </li>
  );
}
