import { lasting, useNow } from "../shared/clock";
import { Composer } from "../shared/composer";
import type { Drafts } from "../shared/drafts";
import { Icon } from "../shared/icon";
import { initials } from "../shared/initials";
import { linesOf, type Told } from "../shared/lines";
import { useObserved } from "../shared/observable";
import type { Card } from "../shared/protocol";
import { Thread } from "../shared/thread";
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
  const log = useObserved(desk.conversations.logs).get(card.chat);
  const remove = (cid: string) => drafts.giveBack(card.chat, desk.remove(cid));
  return (
    <>
      {log === undefined || log.entries.length === 0
        ? <p class="thread muted late" role="status">{words.reading}</p>
        : <Thread lines={linesOf(log, items, "agent")} told={told} tryAgain={(cid) => desk.tryAgain(cid)} remove={remove} />}
      {card.status === "active"
        ? <Composer draft={drafts.of(card.chat)} say={(text) => desk.say(card.chat, text)} focusOn={card.chat} hint={words.writeTo(card.name)} />
        : <p class="closing muted">{words.chatEnded}</p>}
    </>
  );
}

/** With a colleague: who, and about what. What they write to each other is theirs. */
function Elsewhere({ card }: { card: Card }) {
  return (
    <div class="empty">
      <Icon name="chat" />
      <h2 dir="auto">{card.status === "active" ? words.othersChat(card.agent_name ?? words.aColleague) : words.chatEnded}</h2>
      <p dir="auto">{words.quoted(card.question)}</p>
    </div>
  );
}

function Head({ desk, card, isOpen }: { desk: Desk; card: Card; isOpen: boolean }) {
  return (
    <header class="head">
      <button type="button" class="btn quiet square back" aria-label={words.back} onClick={() => desk.select(null)}><Icon name="left" /></button>
      <span class="avatar" aria-hidden="true">{initials(card.name)}</span>
      <div class="grow cut">
        <h2 class="cut" dir="auto">{card.name}</h2>
        <p class="xs muted cut" dir="auto"><Where card={card} isOpen={isOpen} />{card.page && ` · ${card.page}`}</p>
      </div>
      {isOpen && <button type="button" class="btn" onClick={() => desk.end(card.chat)}>{words.endChat}<kbd aria-hidden="true">Alt E</kbd></button>}
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
