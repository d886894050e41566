import { useEffect, useMemo, useRef } from "preact/hooks";
import { isFocusLost } from "../shared/cursor";
import { useObserved } from "../shared/observable";
import type { Card } from "../shared/protocol";
import { Button, Notice, ToastList } from "../shared/ui";
import type { Deeds } from "./actions";
import { ChatPane, told } from "./chat_pane";
import { deedsOf } from "./deeds";
import type { Desk } from "./desk";
import { Empty } from "./empty";
import { grouped, type Groups } from "./inbox";
import { KeySheet } from "./key_sheet";
import { useKeys } from "./keys";
import { List } from "./list";
import { Palette } from "./palette";
import type { Parts } from "./parts";
import { RecordPane } from "./record_pane";
import { Ringing } from "./ringing";
import { Side } from "./side";
import { CHAT_NAME, isBeside, LIST_NAME, moveToFirst, rowOf } from "./surface";
import { Transfer } from "./transfer";
import { useAlarm } from "./use_alarm";
import { words } from "./words";

type View = "chat" | "ringing" | "none";

export function App({ parts }: { parts: Parts }) {
  const { desk, surface, bell, notifier } = parts;
  const { cards } = useObserved(desk.inbox);
  const groups = useMemo(() => grouped(cards, desk.boot.you.agent), [cards]);
  const selected = useObserved(desk.selected);
  const card = cards.find((one) => one.chat === selected) ?? null;
  const deeds = deedsOf(parts, groups, card);
  useObserved(notifier.permission);
  useKeys(deeds);
  const said = useAlarm(desk, groups, bell, notifier);
  const view: View = card !== null && card.status !== "waiting" ? "chat" : groups.ringing.length > 0 ? "ringing" : "none";
  const hasPanel = useObserved(surface.panel) && view === "chat" && card !== null && desk.isMine(card.chat);
  const before = useRef(selected);
  useEffect(() => {
    if (isFocusLost()) moveToFirst(CHAT_NAME, rowOf(before.current), LIST_NAME);
  });
  useEffect(() => {
    if (selected !== before.current && !isBeside()) surface.panel.value = false;
    before.current = selected;
  }, [selected]);
  return (
    <div class="app">
      <Side parts={parts} />
      <main class={hasPanel ? "panes with-record" : "panes"} data-view={view}>
        <List parts={parts} groups={groups} />
        <section class="pane stage" aria-label={nameOf(view, card, groups)}>
          {view === "chat" && <h1 class="sr">{nameOf(view, card, groups)}</h1>} {/* on a phone the list with its own is away */}
          <Connection desk={desk} />
          {view !== "none" && <Ringing desk={desk} cards={firstly(groups.ringing, card)} isStrip={view === "chat"} />}
          {view === "chat" && card && <ChatPane key={card.chat} parts={parts} card={card} />}
          {view === "none" && <Empty parts={parts} hasChats={cards.length > 0} />}
        </section>
        {hasPanel && card && (
          <section class="pane record" aria-label={words.customer}>
            <RecordPane key={card.chat} parts={parts} card={card} told={told} close={() => (surface.panel.value = false)} />
          </section>
        )}
      </main>
      <Overlay parts={parts} deeds={deeds} groups={groups} />
      <div class="sr" aria-live="polite">{said.texts.map((text, place) => <p key={`${said.turn} ${place}`}>{text}</p>)}</div>
      <Toasts desk={desk} />
      <Transfer desk={desk} />
    </div>
  );
}

function Overlay({ parts, deeds, groups }: { parts: Parts; deeds: Deeds; groups: Groups }) {
  const { desk, surface } = parts;
  const overlay = useObserved(surface.overlay);
  const close = () => (surface.overlay.value = null);
  if (overlay === "keys") return <KeySheet close={close} />;
  return overlay === "palette" ? <Palette desk={desk} deeds={deeds} groups={groups} close={close} /> : null;
}

function Connection({ desk }: { desk: Desk }) {
  const link = useObserved(desk.link);
  return (
    <div role="status">
      {link === "lost" && <Notice kind="wait" icon="offline" isFlat isLate>{words.noConnection}</Notice>}
      {link === "closed" && <Notice kind="bad" isFlat acts={<Button onClick={() => location.reload()}>{words.reload}</Button>}>{words.closedForGood}</Notice>}
    </div>
  );
}

function Toasts({ desk }: { desk: Desk }) {
  return <ToastList toasts={useObserved(desk.toasts.shown)} dismiss={words.dismiss} drop={(subject) => desk.toasts.drop(subject)} />;
}

function nameOf(view: View, card: Card | null, { ringing }: Groups): string {
  if (view === "chat" && card !== null) return words.chatWith(card.name);
  return view === "ringing" ? words.ringingCount(ringing.length) : words.noChats;
}

/** The ringing chat that was picked in the list is the large card. */
function firstly(ringing: readonly Card[], picked: Card | null): Card[] {
  return [...ringing].sort((one, other) => Number(other === picked) - Number(one === picked));
}
