import { Icon } from "../shared/icon";
import { useObserved } from "../shared/observable";
import type { AgentState, Availability, Teammate } from "../shared/protocol";
import { Badge, Button, Choice, Lamp, type LampState } from "../shared/ui";
import { shownKey } from "./actions";
import type { Desk } from "./desk";
import type { Parts } from "./parts";
import { words } from "./words";

/** Each state has a lamp of its own shape; colour is never alone. */
export const LAMPS: Record<AgentState, LampState> = { online: "online", in_chat: "busy", offline: "offline", away: "away" };

export function Side({ parts }: { parts: Parts }) {
  const { desk } = parts;
  const { tenant, csrf, you } = desk.boot;
  const { team } = useObserved(desk.inbox);
  return (
    <header class="side">
      <p class="tenant"><span class="logo"><Icon name="board" /></span><span class="cut" dir="auto">{tenant.name}</span></p>
      <StateSwitch desk={desk} />
      <button type="button" class="find" onClick={() => (parts.surface.overlay.value = "palette")}>
        <Icon name="search" /><span class="grow">{words.actions.palette}</span><kbd aria-hidden="true">{shownKey("palette")}</kbd>
      </button>
      <Nav desk={desk} />
      <ul class="team" aria-label={words.team}>
        {team.map((mate) => <Mate key={mate.agent} mate={mate} isMe={mate.agent === you.agent} />)}
      </ul>
      <form class="out" method="post" action="/sign-out">
        <input type="hidden" name="_csrf_token" value={csrf} />
        <a class="account xs" href="/account" title={words.account(you.email)} aria-label={words.account(you.email)}>
          <span class="cut">{you.email}</span><span class="short">{words.accountShort}</span>
        </a>
        <Button type="submit" look="quiet">{words.signOut}</Button>
      </form>
    </header>
  );
}

/** As in templates/console.html: the other pages are drawn by the server. */
function Nav({ desk }: { desk: Desk }) {
  const ringing = useObserved(desk.inbox).cards.filter(({ status }) => status === "waiting").length;
  const console = `/console/${desk.boot.tenant.slug}`;
  return (
    <nav class="nav" aria-label={words.console}>
      <a href={`${console}/inbox`} aria-current="page"><Icon name="inbox" />{words.inbox}<span class="end"><Badge kind="hot" count={ringing} label={words.ringingCount(ringing)} /></span></a>
      <a href={`${console}/rooms`}><Icon name="rooms" />{words.rooms}</a>
      <a href={`${console}/canned-texts`}><Icon name="bolt" />{words.cannedTexts}</a>
      <a href={`${console}/plan`}><Icon name="plan" />{words.plan}</a>
    </nav>
  );
}

function StateSwitch({ desk }: { desk: Desk }) {
  const wanted = useObserved(desk.wanted);
  const me = useObserved(desk.inbox).team.find((mate) => mate.agent === desk.boot.you.agent);
  const chosen: Availability | null = wanted ?? (me === undefined ? null : me.state === "offline" ? "offline" : "online");
  const isFull = me?.state === "in_chat" && chosen === "online";
  return (
    <div class="state">
      <Choice
        label={words.yourState} chosen={chosen} choose={(to) => desk.choose(to)}
        options={[{ value: "online", label: words.online, lamp: isFull ? "busy" : "online" }, { value: "offline", label: words.offline, lamp: "offline" }]}
      />
      <p class="row xs muted">
        {me === undefined ? words.connecting : (isFull ? words.full : words.slots)(me.used, me.capacity)}
        <kbd class="end" aria-hidden="true">{shownKey("state")}</kbd>
      </p>
    </div>
  );
}

function Mate({ mate, isMe }: { mate: Teammate; isMe: boolean }) {
  return (
    <li>
      <Lamp state={LAMPS[mate.state]}><span class="cut" dir="auto">{mate.name}</span></Lamp>
      <span class="how">{isMe ? `${words.you}, ` : ""}{stateOf(mate)}</span>
    </li>
  );
}

export function stateOf({ state, used, capacity }: Teammate): string {
  if (state === "online") return words.slotsShort(used, capacity);
  return { in_chat: words.inChat, offline: words.offline, away: words.away }[state];
}
