import { Icon } from "../shared/icon";
import { useObserved } from "../shared/observable";
import type { Desk } from "./desk";
import { words } from "./words";

/** Nothing on screen: says why, and what to do next. */
export function Empty({ desk, hasChats }: { desk: Desk; hasChats: boolean }) {
  const me = useObserved(desk.inbox).team.find((mate) => mate.agent === desk.boot.you.agent);
  const wanted = useObserved(desk.wanted);
  if (me === undefined) return <p class="empty muted late" role="status">{words.connecting}</p>;
  const isOffline = (wanted ?? me.state) === "offline";
  return (
    <div class={hasChats ? "empty choose" : "empty"}>
      <Icon name={hasChats ? "chat" : "inbox"} />
      <h2>{hasChats ? words.nothingSelected : words.noChats}</h2>
      <p>{isOffline ? words.goOnline : hasChats ? words.selectOne : words.nextRings}</p>
      {isOffline && <button type="button" class="btn primary" onClick={() => desk.choose("online")}>{words.goOnlineNow}</button>}
    </div>
  );
}
