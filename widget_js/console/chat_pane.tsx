import { lasting, useNow } from "../shared/clock";
import { OfChat } from "../shared/files/of_chat";
import { Icon } from "../shared/icon";
import { linesOf, type Told } from "../shared/lines";
import { useObserved } from "../shared/observable";
import { useSight, useWhole } from "../shared/sight";
import type { Card } from "../shared/protocol";
import { Stars } from "../shared/stars";
import { Thread } from "../shared/thread";
import { Button, EmptyState, Face, IconButton, Notice, Skeleton } from "../shared/ui";
import { shownKey } from "./actions";
import { WithCannedTexts } from "./canned_list";
import { endOrAsk } from "./deeds";
import type { Desk } from "./desk";
import type { Parts } from "./parts";
import { MESSAGE_FIELD, moveTo } from "./surface";
import { noteOf, Writing } from "./writing";
import { words } from "./words";

interface ChatPaneProps {
  parts: Parts;
  card: Card;
}

export function ChatPane(props: ChatPaneProps) {
  const { card, parts } = props;
  const { desk } = parts;
  const isMine = desk.isMine(card.chat);
  return (
    <div class="chat">
      <Head {...props} isMine={isMine} />
      <EndAsked {...props} />
      {isMine ? <Conversation {...props} /> : <Elsewhere card={card} />}
    </div>
  );
}

function Conversation({ parts, card }: ChatPaneProps) {
  const { desk, drafts, texts } = parts;
  const { tenant, you } = desk.boot;
  const mode = useObserved(desk.mode);
  const facts = { customer: card.name, agent: you.name, room: card.room, business: tenant.name };
  const items = useObserved(desk.items);
  const uploads = useObserved(desk.files.items);
  const log = useObserved(desk.conversations.logs).get(card.chat) ?? null;
  const isWhole = useWhole(log);
  const isSeen = useSight();
  const remove = (cid: string) => {
    const isNote = items.some((item) => item.cid === cid && item.command.t === "say" && item.command.body.kind === "note");
    drafts.giveBack(isNote ? noteOf(card.chat) : card.chat, desk.remove(cid));
  };
  return (
    <OfChat.Provider value={desk.files.of(card.chat)}>
      {log !== null && isWhole
        ? <Thread lines={linesOf(log, items, "agent", uploads)} told={told} tryAgain={(cid) => desk.tryAgain(cid)} remove={remove} readTo={log.marks.agent_read} isSeen={isSeen}><Preview desk={desk} card={card} /></Thread>
        : <Skeleton label={words.reading} />}
      {card.status === "active"
        ? (
          <WithCannedTexts texts={texts} draft={drafts.of(mode === "note" ? noteOf(card.chat) : card.chat)} facts={facts} settings={`/console/${tenant.slug}/canned-texts`}>
            <Writing desk={desk} drafts={drafts} card={card} />
          </WithCannedTexts>
        )
        : <Closing card={card} />}
    </OfChat.Provider>
  );
}

/** What the customer is writing. Not in the log, and never drawn as a message: it was not sent. */
function Preview({ desk, card }: { desk: Desk; card: Card }) {
  const text = useObserved(desk.typing.seen).get(card.chat);
  if (text === undefined || card.status !== "active") return null;
  return (
    <div class="preview">
      <p class="bubble" dir="auto"><span class="sr">{words.previewOf(card.name)} </span>{text}</p>
      <p class="stamp"><Icon name="eye" /><span dir="auto">{words.preview(card.name)}</span></p>
    </div>
  );
}

/** How it was, when the customer has said so. */
function Closing({ card }: { card: Card }) {
  if (card.rating === null) return <p class="closing muted">{words.chatEnded}</p>;
  const { stars, comment } = card.rating;
  return <p class="closing" dir="auto"><Stars count={stars} /> {words.rated(card.name, stars)}{comment && ` ${words.quoted(comment)}`}</p>;
}

/** With a colleague: who, and about what. What they write to each other is theirs. */
function Elsewhere({ card }: { card: Card }) {
  const isOpen = card.status === "active";
  return (
    <EmptyState icon="chat" title={isOpen ? words.othersChat(card.agent_name ?? words.aColleague) : words.chatEnded} act={isOpen && <p>{words.othersNext}</p>}>
      {words.quoted(card.question)}
    </EmptyState>
  );
}

function Head({ parts, card, isMine }: ChatPaneProps & { isMine: boolean }) {
  const { desk, surface } = parts;
  const isPanelOpen = useObserved(surface.panel);
  const isOpen = isMine && card.status === "active";
  return (
    <header class="head">
      <span class="back"><IconButton icon="left" label={words.back} onClick={() => desk.select(null)} /></span>
      <Face name={card.name} />
      <div class="grow cut">
        <h2 class="cut" dir="auto" tabIndex={-1}>{card.name}</h2>
        <p class="xs muted cut" dir="auto"><Where card={card} isOpen={isOpen} /></p>
      </div>
      {isMine && <IconButton icon="person" label={words.actions.customer} aria-expanded={isPanelOpen} onClick={() => (surface.panel.value = !isPanelOpen)} />}
      {isOpen && <IconButton icon="swap" label={words.transfer} title={words.withKey(words.transfer, shownKey("transfer"))} onClick={() => (desk.transfers.open.value = card.chat)} />}
      {isOpen && <Button icon="check" shortcut={shownKey("end")} aria-label={words.endChat} title={words.endChat} onClick={() => endOrAsk(desk, surface, card.chat)}><span class="long">{words.endChat}</span></Button>}
    </header>
  );
}

/** Asked once, with what would be lost: ending cannot be undone. */
function EndAsked({ parts, card }: ChatPaneProps) {
  const { desk, surface } = parts;
  const asked = useObserved(surface.asked);
  if (asked?.chat !== card.chat || card.status !== "active") return null;
  const goOn = () => {
    surface.asked.value = null;
    moveTo(MESSAGE_FIELD);
  };
  const acts = (
    <>
      <Button look="primary" onClick={goOn}>{words.goOn}</Button>
      <Button look="danger" shortcut={shownKey("end")} onClick={() => endOrAsk(desk, surface, card.chat)}>{words.endAnyway}</Button>
    </>
  );
  return <div role="alert"><Notice kind="wait" isFlat acts={acts}><span dir="auto">{words.cutOff[asked.why](card.name)}</span></Notice></div>;
}

function Where({ card, isOpen }: { card: Card; isOpen: boolean }) {
  const now = useNow();
  if (isOpen) return <>{card.room} · <span class="long">{words.withYouFor} </span>{lasting(Date.parse(card.since), now)}</>;
  return <>{card.status === "active" ? words.withOther(card.room, card.agent_name ?? words.aColleague) : words.endedIn(card.room)}</>;
}

export function told(line: Told): string {
  if (line.to !== null) return words.transferred(line.name, line.to.agent ?? line.to.room);
  if (line.kind === "erased") return words.erased;
  return line.kind === "answered" ? words.answeredBy(line.name) : words.ended(line.name);
}
