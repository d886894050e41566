import type { Drafts } from "../shared/drafts";
import { lasting, hourOf, useNow } from "../shared/clock";
import { nameOf } from "../shared/files/words";
import { isSaid, type Log, unread } from "../shared/log";
import { useObserved } from "../shared/observable";
import type { Card } from "../shared/protocol";
import { Badge, Face, IconButton, Lamp, Skeleton, Tag } from "../shared/ui";
import type { Desk } from "./desk";
import type { Groups } from "./inbox";
import type { Parts } from "./parts";
import { words } from "./words";

export function List({ parts, groups }: { parts: Parts; groups: Groups }) {
  const { desk, drafts, bell, surface } = parts;
  const isMuted = useObserved(bell.isMuted);
  const isRead = useObserved(desk.inbox).team.length > 0; // until then no count is known, not even nought
  return (
    <section class="pane list" aria-label={words.chats}>
      <header class="head">
        <h1 class="grow" tabIndex={-1}>{words.inbox}</h1>
        <IconButton icon={isMuted ? "muted" : "sound"} label={isMuted ? words.unmute : words.mute} onClick={() => bell.mute(!isMuted)} />
        <IconButton icon="search" label={words.actions.palette} onClick={() => (surface.overlay.value = "palette")} />
      </header>
      <div class="scroll">
        {!isRead && <Skeleton label={words.connecting} of="list" />}
        {isRead && (["ringing", "mine", "others", "ended"] as const).map((group) =>
          (group === "ringing" || group === "mine" || groups[group].length > 0) && (
            <section key={group} aria-label={words.groups[group]}>
              <h2 class="group-head">
                {group === "ringing" && groups.ringing.length > 0 ? <Lamp state="ringing">{words.groups[group]}</Lamp> : words.groups[group]}
                <span class="end">{groups[group].length}</span>
              </h2>
              <ul class="chats">{groups[group].map((card) => <Row key={card.chat} desk={desk} drafts={drafts} card={card} />)}</ul>
            </section>
          ))}
      </div>
    </section>
  );
}

function Row({ desk, drafts, card }: { desk: Desk; drafts: Drafts; card: Card }) {
  const draft = useObserved(drafts.of(card.chat));
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
        <span class="snip cut" dir="auto">{typed !== undefined ? <><i>{words.typing}</i> {typed}</> : draft !== "" && selected !== card.chat ? <><i>{words.draft}</i> {draft}</> : snippet(card, log)}</span>
        <Badge kind="new" count={count} label={words.unread(count)} />
        {card.tags.length > 0 && <span class="row tags">{card.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)}</span>}
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
  const last = log?.entries.findLast(isSaid);
  if (last?.body.kind !== "text" && last?.body.kind !== "file") return card.question;
  const text = last.body.kind === "text" ? last.body.text : nameOf(last.body);
  return last.from === "agent" ? `${last.name}: ${text}` : text;
}
