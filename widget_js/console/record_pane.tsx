import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { isFocusLost } from "../shared/cursor";
import type { Told } from "../shared/lines";
import type { Card, EarlierChat } from "../shared/protocol";
import { Button, Face, IconButton, Notice, Skeleton } from "../shared/ui";
import { dayOf } from "./dates";
import { Earlier } from "./earlier";
import type { Parts } from "./parts";
import { useRecord } from "./records";
import { isBeside, moveTo, PANEL_SWITCH } from "./surface";
import { Tags } from "./tags";
import { Asked, Whereabouts } from "./whereabouts";
import { words } from "./words";

interface RecordPaneProps {
  parts: Parts;
  card: Card;
  told(line: Told): string;
  close(): void;
}

/** Who the customer is: beside the chat where there is room, over it where there is none. */
export function RecordPane({ parts, card, told, close }: RecordPaneProps) {
  const { backend } = parts;
  const { record, problem, more } = useRecord(backend, card.chat, card.name);
  const [open, setOpen] = useState<EarlierChat | null>(null);
  const isUnread = record === null && problem !== null; // what would stand there empty stays away
  const head = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const pane = head.current!.parentElement!;
    if (!isBeside()) head.current!.querySelector("button")?.focus(); // over the chat: what lies below must not keep the focus
    return () => void ((pane.contains(document.activeElement) || isFocusLost()) && moveTo(PANEL_SWITCH));
  }, []);
  return (
    <div class="record-in" onKeyDown={(event) => event.key === "Escape" && open === null && !isBeside() && close()}>
      <header class="head" ref={head}><h2 class="grow">{words.customer}</h2><span class="shut"><IconButton icon="x" label={words.close} onClick={close} /></span></header>
      <div class="scroll" tabIndex={0} role="group" aria-label={words.customer}>
        <section class="section row">
          <Face name={card.name} size="huge" />
          <div class="grow cut">
            <p class="strong cut" dir="auto">{record?.name ?? card.name}</p>
            {record && <p class="xs muted cut">{words.since(dayOf(record.first_seen), record.chats)}</p>}
          </div>
        </section>
        {problem !== null && <section class="section"><Notice kind="wait" acts={<Button onClick={more}>{words.tryAgain}</Button>}>{problem}</Notice></section>}
        <section class="section"><h3>{words.question}</h3><p class="said-first" dir="auto">{card.question}</p></section>
        <Asked card={card} record={record} />
        {!isUnread && <Whereabouts page={record?.page ?? card.page} record={record} />}
        <Tags key={card.chat} backend={backend} card={card} />
        {!isUnread && (
          <section class="section" aria-label={words.earlierChats}>
            <h3>{words.earlierChats}</h3>
            {record === null && <Skeleton label={words.readingRecord} lines={2} of="list" />}
            {record?.earlier.length === 0 && <p class="muted">{words.noEarlierChats(record.chats)}</p>}
            <ul class="earlier-list">{record?.earlier.map((earlier) => <Row key={earlier.chat} earlier={earlier} open={() => setOpen(earlier)} />)}</ul>
            {record?.more && <Button look="quiet" onClick={more}>{words.moreEarlier}</Button>}
          </section>
        )}
      </div>
      {open && <Earlier parts={parts} chat={card.chat} name={card.name} earlier={open} told={told} close={() => setOpen(null)} />}
    </div>
  );
}

function Row({ earlier, open }: { earlier: EarlierChat; open(): void }) {
  return (
    <li>
      <button type="button" class="list-row" onClick={open}>
        <span class="what cut" dir="auto">{earlier.question}</span>
        <span class="more" dir="auto"><span class="cut">{earlier.room} · {earlier.agent ?? words.nobodyAnswered}</span><span class="end">{dayOf(earlier.at)}</span></span>
      </button>
    </li>
  );
}
