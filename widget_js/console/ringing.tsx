import { lasting, useNow } from "../shared/clock";
import { useObserved } from "../shared/observable";
import type { Card } from "../shared/protocol";
import { Button, Face, Lamp } from "../shared/ui";
import { shownKey } from "./actions";
import type { Desk } from "./desk";
import { words } from "./words";

interface RingingProps {
  desk: Desk;
  cards: readonly Card[];
  /** Above an open chat: small cards side by side. */
  isStrip: boolean;
}

export function Ringing({ desk, cards, isStrip }: RingingProps) {
  const [first, ...rest] = cards;
  if (first === undefined) return null;
  if (isStrip) return <div class="strip"><h2 class="sr">{words.ringingCount(cards.length)}</h2>{cards.map((card, place) => <Offer key={card.chat} desk={desk} card={card} isFirst={place === 0} isSmall />)}</div>;
  return (
    <>
      <header class="head"><h2 class="title">{words.ringingCount(cards.length)}</h2><span class="muted cut">{words.firstAnswerWins}</span></header>
      <div class="scroll offers">
        <Offer key={first.chat} desk={desk} card={first} isFirst isSmall={false} />
        {rest.length > 0 && (
          <div class="stack">
            <h3 class="eyebrow">{words.alsoRinging}</h3>
            {rest.map((card) => <Offer key={card.chat} desk={desk} card={card} isFirst={false} isSmall />)}
          </div>
        )}
      </div>
    </>
  );
}

interface OfferProps {
  desk: Desk;
  card: Card;
  isFirst: boolean;
  isSmall: boolean;
}

function Offer({ desk, card, isFirst, isSmall }: OfferProps) {
  const now = useNow();
  return (
    <article class={isSmall ? "offer small" : "offer"} aria-label={words.isRinging(card.name)}>
      <div class="inside">
        <p class="row"><Lamp state="ringing"><span class="cut" dir="auto">{words.ringsIn(card.room)}</span></Lamp><span class="end strong">{lasting(Date.parse(card.since), now)}</span></p>
        <div class="row who"><Face name={card.name} {...(isSmall ? {} : { size: "huge" as const })} /><h3 class="name cut" dir="auto">{card.name}</h3></div>
        <blockquote dir="auto">{words.quoted(card.question)}</blockquote>
        {card.transferred_by && <p class="muted" dir="auto">{words.passedOnBy(card.transferred_by)}</p>}
        {(card.page_title ?? card.page) && <dl class="facts"><dt>{words.page}</dt><dd class="cut" dir="auto" title={card.page ?? undefined}>{card.page_title ?? card.page}</dd></dl>}
      </div>
      <footer><AnswerButton desk={desk} card={card} isFirst={isFirst} /></footer>
    </article>
  );
}

function AnswerButton({ desk, card, isFirst }: Pick<OfferProps, "desk" | "card" | "isFirst">) {
  const isAsked = useObserved(desk.answering).has(card.chat);
  return (
    <Button look="primary" isBusy={isAsked} shortcut={isFirst ? shownKey("answer") : undefined} onClick={() => desk.answer(card.chat)}>
      {isAsked ? words.answering : words.answer}
    </Button>
  );
}
