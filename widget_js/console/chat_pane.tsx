import { lasting, useNow } from "../shared/clock";
import { Composer } from "../shared/composer";
import type { Drafts } from "../shared/drafts";
import { linesOf, type Told } from "../shared/lines";
import { useObserved } from "../shared/observable";
import { useSight, useWhole } from "../shared/sight";
import type { Card } from "../shared/protocol";
import { Thread } from "../shared/thread";
import { Button, EmptyState, Face, IconButton, Skeleton } from "../shared/ui";
import type { Desk } from "./desk";
import { words } from "./words";

interface ChatPaneProps {
  desk: Desk;
  drafts: Drafts;
  card: Card;
}

export function ChatPane(props: ChatPaneProps) {
  const { desk, card } = props;
  const isMine = desk.isMine(card.chat);
  return (
    <div class="chat">
      <Head desk={desk} card={card} isOpen={isMine && card.status === "active"} />
      {isMine ? <Conversation {...props} /> : <Elsewhere card={card} />}
    </div>
  );
}

function Conversation({ desk, drafts, card }: ChatPaneProps) {
  const items = useObserved(desk.items);
  const log = useObserved(desk.conversations.logs).get(card.chat) ?? null;
  const isWhole = useWhole(log);
  const isSeen = useSight();
  const remove = (cid: string) => drafts.giveBack(card.chat, desk.remove(cid));
  return (
    <>
      {log !== null && isWhole
        ? <Thread lines={linesOf(log, items, "agent")} told={told} tryAgain={(cid) => desk.tryAgain(cid)} remove={remove} readTo={log.marks.agent_read} isSeen={isSeen} />
        : <Skeleton label={words.reading} />}
      {card.status === "active"
        ? <Composer draft={drafts.of(card.chat)} say={(text) => desk.say(card.chat, text)} focusOn={card.chat} hint={words.writeTo(card.name)} />
        : <p class="closing muted">{words.chatEnded}</p>}
    </>
  );
}

/** With a colleague: who, and about what. What they write to each other is theirs. */
function Elsewhere({ card }: { card: Card }) {
  return (
    <EmptyState icon="chat" title={card.status === "active" ? words.othersChat(card.agent_name ?? words.aColleague) : words.chatEnded}>
      {words.quoted(card.question)}
    </EmptyState>
  );
}

function Head({ desk, card, isOpen }: { desk: Desk; card: Card; isOpen: boolean }) {
  return (
    <header class="head">
      <span class="back"><IconButton icon="left" label={words.back} onClick={() => desk.select(null)} /></span>
      <Face name={card.name} />
      <div class="grow cut">
        <h2 class="cut" dir="auto">{card.name}</h2>
        <p class="xs muted cut" dir="auto"><Where card={card} isOpen={isOpen} />{card.page && ` · ${card.page}`}</p>
      </div>
      {isOpen && <Button shortcut="Alt E" onClick={() => desk.end(card.chat)}>{words.endChat}</Button>}
    </header>
  );
}

function Where({ card, isOpen }: { card: Card; isOpen: boolean }) {
  const now = useNow();
  if (isOpen) return <>{words.withYou(card.room)} {lasting(Date.parse(card.since), now)}</>;
  return <>{card.status === "active" ? words.withOther(card.room, card.agent_name ?? words.aColleague) : words.endedIn(card.room)}</>;
}

function told(line: Told): string {
  return line.kind === "answered" ? words.answeredBy(line.name) : words.ended(line.name);
}
