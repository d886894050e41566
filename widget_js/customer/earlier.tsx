import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { dated } from "../shared/language";
import { OfChat } from "../shared/files/of_chat";
import { linesOf } from "../shared/lines";
import { useObserved } from "../shared/observable";
import type { PastChat, UUID } from "../shared/protocol";
import { Stars } from "../shared/stars";
import { Thread } from "../shared/thread";
import { Button, EmptyState, Face, IconButton, Skeleton } from "../shared/ui";
import { List, ListRow } from "../shared/ui/list";
import type { Afterwards } from "./afterwards";
import { Minimise, Offline } from "./header";
import { told } from "./told";
import type { ViewProps } from "./view_props";
import { words } from "./words";

const dayOf = dated({ dateStyle: "medium" });

type Props = ViewProps & { after: Afterwards };

/** Chats that this device has had in this room, to read again. */
export function Earlier(props: Props) {
  const { after, places, visit } = props;
  const past = useObserved(visit.past);
  const current = useObserved(visit.chat);
  useEffect(() => after.look(), []);
  const chats = past?.filter((one) => one.chat !== current);
  const rows = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const left = places.takeLeft();
    const read = chats?.findIndex((one) => left === `past ${one.chat}`) ?? -1;
    rows.current?.querySelectorAll<HTMLElement>(".list-row")[read]?.focus();
  }, []);
  return (
    <>
      <Top {...props} title={words.earlier} back={() => places.leave("earlier")} />
      <Offline visit={visit} text={words.noConnection} />
      <div class="body" ref={rows}>
        {chats === undefined && <Skeleton label={words.reading} of="list" />}
        {chats?.length === 0 && <EmptyState icon="history" title={words.noEarlier}>{words.noEarlierWhy}</EmptyState>}
        {chats !== undefined && chats.length > 0 && (
          <List label={words.earlier}>{chats.map((one) => <Row key={one.chat} one={one} act={() => places.enter(`past ${one.chat}`)} />)}</List>
        )}
      </div>
      {chats !== undefined && chats.length > 0 && (
        <div class="foot"><Button look="danger" isWide icon="trash" onClick={() => places.enter("forget")}>{words.forgetMe}</Button></div>
      )}
    </>
  );
}

function Row({ one, act }: { one: PastChat; act(): void }) {
  const name = one.agent_name ?? one.room;
  return (
    <ListRow
      lead={<Face name={name} of="agent" />} what={one.agent_name ?? words.nobodyAnswered} more={one.question} act={act}
      end={<>{dayOf(Date.parse(one.opened_at))}{one.rating && <span class="sr">{words.starsOf(one.rating.stars)}</span>}</>}
      badge={one.rating && <Stars count={one.rating.stars} />}
    />
  );
}

/** One of them. It is only read: what did not arrive then can be taken back into the form. */
export function PastThread(props: Props & { chat: UUID }) {
  const { after, chat, drafts, places, visit } = props;
  const items = useObserved(visit.items);
  const files = useObserved(visit.files);
  const log = useObserved(visit.conversations.logs).get(chat);
  useObserved(visit.past);
  useEffect(() => {
    visit.read(chat);
    if (visit.past.value === null) after.look();
    return () => visit.read(null);
  }, [chat]);
  const one = visit.past.value?.find((past) => past.chat === chat);
  const back = () => places.leave(`past ${chat}`);
  return (
    <OfChat.Provider value={files?.of(chat) ?? null}>
      <Top {...props} title={one?.agent_name ?? words.earlier} when={one && dayOf(Date.parse(one.opened_at))} back={back} />
      <Offline visit={visit} text={words.noConnection} />
      {log === undefined || log.entries.length === 0
        ? <Skeleton label={words.reading} />
        : <Thread lines={linesOf(log, items, "visitor")} told={told} tryAgain={(cid) => visit.tryAgain(cid)} remove={(cid) => drafts.giveBack("question", visit.remove(cid))} readTo={log.marks.visitor_read} isSeen />}
    </OfChat.Provider>
  );
}

function Top({ host, title, when, back }: Props & { title: string; when?: string | undefined; back(): void }) {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => bar.current?.querySelector("button")?.focus(), []);
  return (
    <header class="bar" ref={bar}>
      <IconButton icon="left" label={words.goBack} onClick={back} />
      <div class="grow"><h1 class="strong" dir="auto">{title}</h1>{when && <p class="tiny quiet">{when}</p>}</div>
      <Minimise host={host} />
    </header>
  );
}
