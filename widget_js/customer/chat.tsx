import { useEffect } from "preact/hooks";
import type { Drafts } from "../shared/drafts";
import { hourOf } from "../shared/clock";
import { FileComposer } from "../shared/files/composer";
import { OfChat } from "../shared/files/of_chat";
import type { Staging } from "../shared/files/staging";
import type { Upload } from "../shared/files/uploads";
import { linesOf } from "../shared/lines";
import { answeredBy, type Log, ringsAgainIn } from "../shared/log";
import type { UUID } from "../shared/protocol";
import { useSight, useWhole } from "../shared/sight";
import { Observable, useObserved } from "../shared/observable";
import { Thread } from "../shared/thread";
import { Button, Notice, Skeleton } from "../shared/ui";
import { Header, Offline } from "./header";
import { fetchParts, fetchPartsWhenIdle, Later } from "./later";
import { told } from "./told";
import type { ViewProps } from "./view_props";
import { words } from "./words";

export function Chat({ isOver, ...props }: ViewProps & { isOver: boolean }) {
  const { boot, host, visit, drafts, places } = props;
  const items = useObserved(visit.items);
  const files = useObserved(visit.files);
  const uploads = useObserved(files?.items ?? NO_UPLOADS);
  const isShown = useObserved(host.shown);
  const log = visit.log();
  const isWhole = useWhole(log);
  const isSeen = useSight() && isShown;
  useQuestionLeavesForm(drafts, log);
  useEffect(() => fetchPartsWhenIdle(boot, visit), []);
  if (log === null) return null;
  const ringing = isOver ? null : ringsAgainIn(log);
  const agent = ringing ?? answeredBy(log) ?? boot.room.name;
  const remove = (cid: string) => drafts.giveBack(isOver ? "question" : log.chat, visit.remove(cid));
  return (
    <OfChat.Provider value={files?.of(log.chat) ?? null}>
      <Header {...props} title={isOver ? words.chatWith(agent) : agent} face={agent} {...(isOver ? { under: endedAt(log) } : {})}>
        {!isOver && <Button look="plain" onClick={() => visit.end()}>{words.endChat}</Button>}
      </Header>
      <Offline visit={visit} text={isOver ? words.offlineAfter : words.noConnection} />
      {ringing !== null && <div role="status"><Notice kind="wait" icon="phone" isFlat>{words.ringsAgain(ringing)}</Notice></div>}
      {isWhole
        ? <Thread lines={linesOf(log, items, "visitor", uploads)} told={told} tryAgain={(cid) => visit.tryAgain(cid)} remove={remove} readTo={log.marks.visitor_read} isSeen={isSeen}>{isOver ? <Later {...props}>{({ AfterChat, after }) => <AfterChat {...props} after={after} log={log} />}</Later> : <Typing visit={visit} name={agent} />}</Thread>
        : <Skeleton label={words.reading} />}
      {isOver
        ? <Over onStart={() => visit.startAnew()} onForget={() => places.enter("forget")} />
        : <FileComposer draft={drafts.of(log.chat)} later={(act) => withStaging(props, log.chat, act)} say={(text) => visit.say(text)} writing={(text) => visit.typing.write(log.chat, text)} focusOn={String(isShown)} hint={words.writeTo(agent)} emoji={(picker) => <Later {...props} meanwhile={<EmojiCome />}>{({ EmojiPicker }) => <EmojiPicker {...picker} />}</Later>} />}
    </OfChat.Provider>
  );
}

const NO_UPLOADS = new Observable<readonly Upload[]>([]);

function withStaging({ boot, visit }: ViewProps, chat: UUID, act: (staging: Staging) => void): void {
  const stop = visit.files.subscribe(() => {
    stop();
    act(visit.files.value!.of(chat).staging);
  });
  fetchParts(boot, visit);
}

function Over({ onStart, onForget }: { onStart(): void; onForget(): void }) {
  return (
    <div class="foot ended">
      <Button look="primary" isWide onClick={onStart}>{words.startAnew}</Button>
      <Button look="plain" isWide icon="trash" onClick={onForget}>{words.forgetMe}</Button>
    </div>
  );
}

function EmojiCome() {
  return <span class="menu up"><Skeleton label={words.reading} lines={2} of="list" /></span>;
}

/** Its place is always there: a line that comes and goes must not move the others. */
function Typing({ visit, name }: Pick<ViewProps, "visit"> & { name: string }) {
  const isTyping = useObserved(visit.typing.seen).has(visit.chat.value ?? "");
  return (
    <div class="typing" role="status">
      {isTyping && <p><span class="dots" aria-hidden="true"><i /><i /><i /></span>{words.isTyping(name)}</p>}
    </div>
  );
}

function endedAt(log: Log): string {
  const [began, ended] = [Date.parse(log.entries[0]!.at), Date.parse(log.entries.at(-1)!.at)];
  return words.endedAt(hourOf(ended), Math.max(1, Math.round((ended - began) / 60_000)));
}

/** Once somebody answered, the question need not be asked again; one that was begun in another tab stays. */
function useQuestionLeavesForm(drafts: Drafts, log: Log | null): void {
  useEffect(() => {
    const question = drafts.of("question");
    const asked = log?.entries[0]?.body;
    if (asked?.kind === "text" && question.value.trim() === asked.text) question.value = "";
  }, [log?.chat]);
}
