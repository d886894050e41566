import { useRef, useState } from "preact/hooks";
import { useObserved } from "../shared/observable";
import { type Card, LONGEST_TEXT } from "../shared/protocol";
import { Button, Lamp, LongField } from "../shared/ui";
import { Dialog } from "../shared/ui/dialog";
import type { Desk } from "./desk";
import { LAMPS, stateOf } from "./side";
import type { Giving } from "./transfers";
import { type AgentTarget, type RoomTarget, targetsOf } from "./transfer_targets";
import { words } from "./words";

/** The dialog that gives the chat on screen away, while it is open. */
export function Transfer({ desk }: { desk: Desk }) {
  const chat = useObserved(desk.transfers.open);
  useObserved(desk.inbox);
  const card = desk.card(chat);
  if (card === null) return null;
  return <TransferDialog key={card.chat} desk={desk} card={card} />;
}

type Target = Pick<Giving, "t"> & { id: string };

function TransferDialog({ desk, card }: { desk: Desk; card: Card }) {
  const inbox = useObserved(desk.inbox);
  const { agents, rooms } = targetsOf(inbox, card, desk.boot.you.agent);
  const [to, choose] = useState<Target | null>(null);
  const [note, write] = useState("");
  const [isMissing, miss] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const close = () => {
    desk.transfers.open.value = null;
  };
  const give = () => {
    if (to === null) {
      miss(true);
      list.current?.querySelector<HTMLInputElement>("input:not(:disabled)")?.focus();
      return;
    }
    desk.transfer(giving(card, to, note));
    close();
  };
  const foot = <><Button look="plain" onClick={close}>{words.cancel}</Button><Button look="primary" onClick={give}>{words.transfer}</Button></>;
  return (
    <Dialog title={words.transferOf(card.name)} closes={words.close} close={close} foot={foot}>
      <div class="targets" ref={list}>
        {isMissing && to === null && <p class="problem" role="alert">{words.chooseTarget}</p>}
        <Group name={words.agentsOf(card.room)} none={words.noColleagues(card.room)}>
          {agents.map((agent, place) => <AgentChoice key={agent.mate.agent} agent={agent} isFirst={place === 0} isChosen={to?.id === agent.mate.agent} choose={() => choose({ t: "transfer_to_agent", id: agent.mate.agent })} />)}
        </Group>
        <Group name={words.rooms} none="">
          {rooms.map((room) => <RoomChoice key={room.room} room={room} isChosen={to?.id === room.room} choose={() => choose({ t: "transfer_to_room", id: room.room })} />)}
        </Group>
      </div>
      <LongField label={words.transferNote} hint={words.neverSees(card.name)} rows={2} longest={LONGEST_TEXT} value={note} written={write} />
    </Dialog>
  );
}

function giving({ chat }: Card, to: Target, written: string): Giving {
  const note = written.trim() === "" ? null : written.trim();
  return to.t === "transfer_to_agent" ? { t: to.t, chat, agent: to.id, note } : { t: to.t, chat, room: to.id, note };
}

function Group({ name, none, children }: { name: string; none: string; children: preact.ComponentChild[] }) {
  return (
    <fieldset>
      <legend class="eyebrow" dir="auto">{name}</legend>
      {children.length > 0 ? children : <p class="muted">{none}</p>}
    </fieldset>
  );
}

interface ChoiceOf {
  isChosen: boolean;
  choose(): void;
}

function AgentChoice({ agent: { mate, isFree }, isFirst, isChosen, choose }: { agent: AgentTarget; isFirst: boolean } & ChoiceOf) {
  return (
    <label class="target">
      <input type="radio" name="target" autofocus={isFirst && isFree} disabled={!isFree} checked={isChosen} onChange={choose} />
      <Lamp state={LAMPS[mate.state]}><span class="cut" dir="auto">{mate.name}</span></Lamp>
      <span class="xs muted end">{stateOf(mate)}</span>
    </label>
  );
}

function RoomChoice({ room: { name, free, here }, isChosen, choose }: { room: RoomTarget } & ChoiceOf) {
  return (
    <label class="target">
      <input type="radio" name="target" disabled={here === 0} checked={isChosen} onChange={choose} />
      <Lamp state={free > 0 ? "online" : here > 0 ? "busy" : "offline"}><span class="cut" dir="auto">{name}</span></Lamp>
      <span class="xs muted end">{words.freeIn(free, here)}</span>
    </label>
  );
}
