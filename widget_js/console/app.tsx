import { useCallback, useEffect } from "preact/hooks";
import type { Drafts } from "../shared/drafts";
import { unread } from "../shared/log";
import { useObserved } from "../shared/observable";
import type { Card } from "../shared/protocol";
import { Button, Notice, ToastList } from "../shared/ui";
import { ChatPane } from "./chat_pane";
import type { Desk } from "./desk";
import { Empty } from "./empty";
import { grouped, type Groups } from "./inbox";
import { type KeyAction, neighbour, useKeys } from "./keys";
import { List } from "./list";
import { Ringing } from "./ringing";
import { Side } from "./side";
import { Transfer } from "./transfer";
import { words } from "./words";

type View = "chat" | "ringing" | "none";

export function App({ desk, drafts }: { desk: Desk; drafts: Drafts }) {
  const { cards } = useObserved(desk.inbox);
  const groups = grouped(cards, desk.boot.you.agent);
  const selected = useObserved(desk.selected);
  const card = cards.find((one) => one.chat === selected) ?? null;
  useActions(desk, groups);
  useTitle(desk, groups);
  const view: View = card !== null && card.status !== "waiting" ? "chat" : groups.ringing.length > 0 ? "ringing" : "none";
  return (
    <div class="app">
      <Side desk={desk} />
      <main class="panes" data-view={view}>
        <List desk={desk} groups={groups} />
        <section class="pane stage" aria-label={nameOf(view, card, groups)}>
          {view === "chat" && <h1 class="sr">{nameOf(view, card, groups)}</h1>} {/* on a phone the list with its own is away */}
          <Connection desk={desk} />
          {view !== "none" && <Ringing desk={desk} cards={firstly(groups.ringing, card)} isStrip={view === "chat"} />}
          {view === "chat" && card && <ChatPane key={card.chat} desk={desk} drafts={drafts} card={card} />}
          {view === "none" && <Empty desk={desk} hasChats={cards.length > 0} />}
        </section>
      </main>
      <Toasts desk={desk} />
      <Transfer desk={desk} />
    </div>
  );
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

function useActions(desk: Desk, { ringing, mine, others, ended }: Groups): void {
  const act = useCallback((action: KeyAction) => {
    const order = [...ringing, ...mine, ...others, ...ended].map((card) => card.chat);
    const current = desk.card(desk.selected.value);
    if (action === "answer" && ringing[0]) desk.answer(ringing[0].chat);
    else if (action === "end" && current?.status === "active" && desk.isMine(current.chat)) desk.end(current.chat);
    else if (action === "note") desk.switchMode();
    else if (action === "transfer" && current?.status === "active" && desk.isMine(current.chat)) desk.transfers.open.value = current.chat;
    else if (action === "next") desk.select(neighbour(order, desk.selected.value, 1));
    else if (action === "previous") desk.select(neighbour(order, desk.selected.value, -1));
  }, [desk, ringing, mine, others, ended]);
  useKeys(act);
}

function useTitle(desk: Desk, { ringing, mine }: Groups): void {
  const logs = useObserved(desk.conversations.logs);
  const { name } = desk.boot.tenant;
  const count = mine.reduce((sum, card) => sum + (logs.has(card.chat) ? unread(logs.get(card.chat)!, "agent") : 0), 0);
  const title = ringing.length > 0 ? words.ringingTitle(ringing.length) : count > 0 ? words.unreadTitle(count, name) : words.title(name);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
