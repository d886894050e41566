import { useObserved } from "../shared/observable";
import type { AgentState } from "../shared/protocol";
import { Button, EmptyState, Skeleton } from "../shared/ui";
import type { Desk } from "./desk";
import { words } from "./words";

/** Nothing on screen: says why, and what to do next. */
export function Empty({ desk, hasChats }: { desk: Desk; hasChats: boolean }) {
  const me = useObserved(desk.inbox).team.find((mate) => mate.agent === desk.boot.you.agent);
  const wanted = useObserved(desk.wanted);
  if (me === undefined) return <Skeleton label={words.connecting} />;
  const state = stateShown(me.state, wanted);
  return (
    <div class={hasChats && state === "online" ? "nothing choose" : "nothing"}>
      <EmptyState
        icon={hasChats ? "chat" : "inbox"} title={hasChats ? words.nothingSelected : words.noChats}
        act={state === "offline" && <Button look="primary" onClick={() => desk.choose("online")}>{words.goOnlineNow}</Button>}
      >{whatNext(state, hasChats)}</EmptyState>
    </div>
  );
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
