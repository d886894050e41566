import { useEffect, useRef, useState } from "preact/hooks";
import { takeCursor } from "../shared/cursor";
import { useObserved } from "../shared/observable";
import { LONGEST_NAME, LONGEST_QUESTION, type Status } from "../shared/protocol";
import { Alert, Button, Lamp } from "../shared/ui";
import { Minimise, Offline } from "./header";
import { Faces } from "./faces";
import { More } from "./more";
import { DraftField } from "./field";
import type { ViewProps } from "./view_props";
import { words } from "./words";

export function Form(props: ViewProps) {
  const { host, visit, drafts } = props;
  const [name, question] = [drafts.of("name"), drafts.of("question")];
  const values = { name: useObserved(name), question: useObserved(question) };
  const isWaiting = useObserved(visit.items).some((item) => item.command.t === "open" && item.failed === null);
  const isSending = useObserved(visit.asking) || isWaiting;
  const waitsForLine = useObserved(visit.link) === "lost" && isSending;
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useCursor(form, host);
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    const wrong = problemOfName(name.value) ? "name" : problemOfQuestion(question.value) ? "question" : null;
    if (wrong !== null) return form.current?.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
    if (!isSending) void visit.ask(clean(name.value), clean(question.value));
  };
  return (
    <form class="form" ref={form} onSubmit={submit} noValidate>
      <Cover {...props} />
      <Offline visit={visit} text={isSending ? words.offlineAsk : words.offlineForm} />
      <div class="body">
        <div class="fields">
          <DraftField name="name" label={words.name} draft={name} problem={problemOfName(values.name)} isTried={isTried} />
          <DraftField name="question" label={words.question} draft={question} problem={problemOfQuestion(values.question)} isTried={isTried} isLong />
        </div>
        <Answer {...props} />
      </div>
      <div class="foot">
        {/* onClick, too: in a sandboxed frame without allow-forms no form is ever submitted. */}
        <Button type="submit" look="primary" isWide icon={waitsForLine ? "offline" : "chat"} isBusy={isSending} onClick={submit}>{waitsForLine ? words.waitsForConnection : isSending ? words.onItsWay : words.chatNow}</Button>
      </div>
      <p class="by">{words.runsOn}</p>
    </form>
  );
}

function Cover(props: ViewProps) {
  const { boot, host, visit } = props;
  const room = useObserved(visit.room);
  return (
    <header class="cover">
      <div class="row">
        <span class="strong grow" dir="auto">{boot.business} · {boot.room.name}</span>
        {room?.online && <Faces names={room.agents} />}
        <More {...props} />
        <Minimise host={host} />
      </div>
      <h1 class="headline">{words.hello}</h1>
      <p class="small" role="status"><Lamp state={room?.online ? "online" : "offline"}><span>{coverLine(room)}</span></Lamp></p>
    </header>
  );
}

/** What became of the last try: nobody was there, and now perhaps somebody is. */
function Answer({ visit, drafts }: ViewProps) {
  const refusal = useObserved(visit.refusal);
  const room = useObserved(visit.room);
  const isCutOff = useObserved(visit.isCutOff);
  if (refusal === null && isCutOff) return <Alert kind="wait" title={words.cutOffTitle}>{drafts.of("question").value === "" ? words.askAgain : words.notArrived}</Alert>;
  if (refusal === null) return null;
  if (refusal.code !== "nobody_online") return <Alert kind="bad">{words.refused(refusal.code)}</Alert>;
  if (room?.online) return <Alert kind="good" title={words.backTitle(room.agents)}>{words.back}</Alert>;
  return <Alert kind="wait" title={words.keptTitle}>{words.kept}</Alert>;
}

function coverLine(room: Status | null): string {
  if (room === null) return words.looking;
  return room.online ? words.here(room.agents) : words.nobodyHere;
}

function problemOfName(name: string): string | null {
  if (clean(name) === "") return words.nameMissing;
  return [...clean(name)].length > LONGEST_NAME ? words.longerThan(LONGEST_NAME) : null;
}

function problemOfQuestion(question: string): string | null {
  if (clean(question) === "") return words.questionMissing;
  return [...clean(question)].length > LONGEST_QUESTION ? words.longerThan(LONGEST_QUESTION) : null;
}

function clean(text: string): string {
  return text.replaceAll("\0", "").trim();
}

/** The cursor is in the first empty field whenever the panel opens. */
function useCursor(form: preact.RefObject<HTMLFormElement | null>, host: ViewProps["host"]): void {
  const isShown = useObserved(host.shown);
  useEffect(() => {
    if (!isShown) return;
    const fields = [...(form.current?.querySelectorAll<HTMLInputElement>("input, textarea") ?? [])];
    takeCursor(fields.find((field) => field.value === "") ?? fields.at(-1));
  }, [isShown]);
}
