import { useEffect } from "preact/hooks";
import type { Drafts } from "../shared/drafts";
import { FileComposer } from "../shared/files/composer";
import { ShelfOfChat } from "../shared/files/shelf";
import { linesOf, type Told } from "../shared/lines";
import { answeredBy, type Log, ringsAgainIn } from "../shared/log";
import { useSight, useWhole } from "../shared/sight";
import { useObserved } from "../shared/observable";
import { Thread } from "../shared/thread";
import { Button, Notice, Skeleton } from "../shared/ui";
import { Header, Offline, type Props } from "./header";
import { words } from "./words";

export function Chat({ boot, host, visit, drafts, isOver }: Props & { isOver: boolean }) {
  const items = useObserved(visit.items);
  const uploads = useObserved(visit.files.items);
  const isShown = useObserved(host.shown);
  const log = visit.log();
  const isWhole = useWhole(log);
  const isSeen = useSight() && isShown;
  useQuestionLeavesForm(drafts, log);
  if (log === null) return null;
  const ringing = isOver ? null : ringsAgainIn(log);
  const agent = ringing ?? answeredBy(log) ?? boot.room.name;
  const remove = (cid: string) => drafts.giveBack(isOver ? "question" : log.chat, visit.remove(cid));
  return (
    <ShelfOfChat.Provider value={visit.files.shelf(log.chat)}>
      <Header boot={boot} host={host} title={agent}>
        {!isOver && <Button look="plain" onClick={() => visit.end()}>{words.endChat}</Button>}
      </Header>
      <Offline visit={visit} text={words.noConnection} />
      {ringing !== null && <div role="status"><Notice kind="wait" icon="phone" isFlat>{words.ringsAgain(ringing)}</Notice></div>}
      {isWhole
        ? <Thread lines={linesOf(log, items, "visitor", uploads)} told={told} tryAgain={(cid) => visit.tryAgain(cid)} remove={remove} readTo={log.marks.visitor_read} isSeen={isSeen}>{!isOver && <Typing visit={visit} name={agent} />}</Thread>
        : <Skeleton label={words.reading} />}
      {isOver
        ? <Over onStart={() => visit.startAnew()} />
        : <FileComposer draft={drafts.of(log.chat)} staging={visit.files.staged.of(log.chat)} say={(text) => visit.say(text)} writing={(text) => visit.typing.write(log.chat, text)} focusOn={String(isShown)} hint={words.writeTo(agent)} />}
    </ShelfOfChat.Provider>
  );
}

function Over({ onStart }: { onStart(): void }) {
  return (
    <div class="foot ended">
      <p class="strong" role="status">{words.chatEnded}</p>
      <Button look="primary" isWide onClick={onStart}>{words.startAnew}</Button>
    </div>
  );
}

/** Its place is always there: a line that comes and goes must not move the others. */
function Typing({ visit, name }: Pick<Props, "visit"> & { name: string }) {
  const isTyping = useObserved(visit.typing.seen).has(visit.chat.value ?? "");
  return (
    <div class="typing" role="status">
      {isTyping && <p><span class="dots" aria-hidden="true"><i /><i /><i /></span>{words.isTyping(name)}</p>}
    </div>
  );
}

function told(line: Told): string {
  if (line.to !== null) return words.transferred(line.name, line.to.agent ?? line.to.room);
  if (line.kind === "answered") return words.answered(line.name);
  return line.from === "visitor" ? words.youEnded : words.ended(line.name);
}

/** Once somebody answered, the question need not be asked again; one that was begun in another tab stays. */
function useQuestionLeavesForm(drafts: Drafts, log: Log | null): void {
  useEffect(() => {
    const question = drafts.of("question");
    const asked = log?.entries[0]?.body;
    if (asked?.kind === "text" && question.value.trim() === asked.text) question.value = "";
  }, [log?.chat]);
}
