import { lasting, hourOf, useNow } from "../shared/clock";
import { type Log, unread } from "../shared/log";
import { useObserved } from "../shared/observable";
import type { Card } from "../shared/protocol";
import { Badge, Face, Lamp } from "../shared/ui";
import type { Desk } from "./desk";
import type { Groups } from "./inbox";
import { words } from "./words";

export function List({ desk, groups }: { desk: Desk; groups: Groups }) {
  return (
    <section class="pane list" aria-label={words.chats}>
      <header class="head"><h1>{words.inbox}</h1></header>
      <div class="scroll">
        {(["ringing", "mine", "others", "ended"] as const).map((group) =>
          (group === "ringing" || group === "mine" || groups[group].length > 0) && (
            <section key={group} aria-label={words.groups[group]}>
              <h2 class="group-head">
                {group === "ringing" && groups.ringing.length > 0 ? <Lamp state="ringing">{words.groups[group]}</Lamp> : words.groups[group]}
                <span class="end">{groups[group].length}</span>
              </h2>
              <ul class="chats">{groups[group].map((card) => <Row key={card.chat} desk={desk} card={card} />)}</ul>
            </section>
          ))}
      </div>
    </section>
  );
}

function Row({ desk, card }: { desk: Desk; card: Card }) {
  const selected = useObserved(desk.selected);
  const log = useObserved(desk.conversations.logs).get(card.chat);
  const count = log !== undefined && desk.isMine(card.chat) && card.status === "active" ? unread(log, "agent") : 0;
  const typed = useObserved(desk.typing.seen).get(card.chat);
  const look = `${card.status === "waiting" ? "rings" : ""} ${count > 0 ? "unread" : ""}`;
  return (
    <li>
      <a href={`#${card.chat}`} class={look} aria-current={selected === card.chat ? "true" : undefined}>
        <Face name={card.name} />
        <span class="row"><span class="name cut" dir="auto">{card.name}</span><span class="xs muted cut" dir="auto">{card.room}</span></span>
        <Since card={card} />
        <span class="snip cut" dir="auto">{typed === undefined ? snippet(card, log) : <><i>{words.typing}</i> {typed}</>}</span>
        <Badge kind="new" count={count} label={words.unread(count)} />
      </a>
    </li>
  );
}

function Since({ card }: { card: Card }) {
  const now = useNow();
  const since = Date.parse(card.since);
  return <span class="wait">{card.status === "closed" ? hourOf(since) : lasting(since, now)}</span>;
}

/** The last thing that was said; the question as long as nothing else is known. */
function snippet(card: Card, log: Log | undefined): string {
  const last = log?.entries.findLast((entry) => entry.body.kind === "text");
  if (last?.body.kind !== "text") return card.question;
  return last.from === "agent" ? `${last.name}: ${last.body.text}` : last.body.text;
}
