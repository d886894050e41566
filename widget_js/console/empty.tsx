import { useObserved } from "../shared/observable";
import type { AgentState } from "../shared/protocol";
import { Button, EmptyState, Notice } from "../shared/ui";
import type { Desk } from "./desk";
import type { Notifier } from "./notifier";
import type { Parts } from "./parts";
import { words } from "./words";

/** Nothing on screen: says why, and what to do next. */
export function Empty({ parts, hasChats }: { parts: Parts; hasChats: boolean }) {
  const { desk, notifier } = parts;
  const me = useObserved(desk.inbox).team.find((mate) => mate.agent === desk.boot.you.agent);
  const wanted = useObserved(desk.wanted);
  if (me === undefined) return null; // the list says so
  const state = stateShown(me.state, wanted);
  return (
    <div class={hasChats && state === "online" ? "nothing choose" : "nothing"}>
      <EmptyState
        icon={hasChats ? "chat" : "inbox"} title={!hasChats ? words.noChats : state === "in_chat" ? words.youAreInChat : words.nothingSelected}
        act={state === "offline" && <Button look="primary" onClick={() => desk.choose("online")}>{words.goOnlineNow}</Button>}
      >{whatNext(state, hasChats)}</EmptyState>
      {state !== "offline" && <NotifyOffer notifier={notifier} />}
    </div>
  );
}

/** Offered while somebody waits for chats and has nothing else to do; never asked for by itself. */
function NotifyOffer({ notifier }: { notifier: Notifier }) {
  const permission = useObserved(notifier.permission);
  const isPutOff = useObserved(notifier.isPutOff);
  if (isPutOff || permission === "granted" || permission === "unsupported") return null;
  const later = <Button look="quiet" onClick={() => notifier.putOff()}>{words.notNow}</Button>;
  if (permission === "denied") return <div class="offer-notify"><Notice kind="info" icon="bell" acts={later}>{words.notifyRefused}</Notice></div>;
  const acts = <span class="row wrap"><Button onClick={() => void notifier.ask()}>{words.allow}</Button>{later}</span>;
  return <div class="offer-notify"><Notice kind="info" icon="bell" title={words.notifyTitle} acts={acts}>{words.notifyWhy}</Notice></div>;
}

/** What was just chosen counts before the team's list says it; whoever comes ONLINE may still be at capacity. */
function stateShown(state: AgentState, wanted: Desk["wanted"]["value"]): "online" | "in_chat" | "offline" {
  if ((wanted ?? state) === "offline") return "offline";
  return state === "in_chat" ? "in_chat" : "online";
}

export function whatNext(state: "online" | "in_chat" | "offline", hasChats: boolean): string {
  if (state === "offline") return words.goOnline;
  if (state === "in_chat") return words.atCapacity;
  return hasChats ? words.selectOne : words.nextRings;
}
