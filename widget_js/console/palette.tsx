import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shared/icon";
import type { Card } from "../shared/protocol";
import { ACTIONS, type Deeds, isMac, pressed } from "./actions";
import type { Desk } from "./desk";
import { type Entry, found } from "./finding";
import type { Groups } from "./inbox";
import { Modal } from "./modal";
import { words } from "./words";

interface PaletteProps {
  desk: Desk;
  deeds: Deeds;
  groups: Groups;
  close(): void;
}

/** Everything that can be done now, from one field. */
export function Palette({ desk, deeds, groups, close }: PaletteProps) {
  const [typed, setTyped] = useState("");
  const [place, setPlace] = useState(0);
  const entries = found([...actionsOf(deeds), ...chatsOf(desk, groups)], typed);
  const chosen = entries[Math.min(place, entries.length - 1)];
  const act = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    close(); // first: the focus goes back, and what acts may move it on
    requestAnimationFrame(() => entry.act());
  };
  const pressedKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && entries.length > 0) setPlace((Math.min(place, entries.length - 1) + step + entries.length) % entries.length);
    else if (event.key === "Enter" && !event.isComposing) act(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Modal label={words.actions.palette} look="palette" close={close}>
      <div class="row ask">
        <Icon name="search" />
        <input
          class="grow" type="text" role="combobox" aria-label={words.actions.palette} aria-expanded="true" aria-controls="found" autocomplete="off" spellcheck={false} dir="auto"
          aria-activedescendant={chosen && `found-${chosen.id}`} placeholder={words.searchOrDo} value={typed} autofocus
          onInput={(event) => { setTyped(event.currentTarget.value); setPlace(0); }} onKeyDown={pressedKey}
        />
        <kbd aria-hidden="true">Esc</kbd>
      </div>
      <div id="found" role="listbox" aria-label={words.results}>
        {groupsOf(entries).map(([group, some]) => (
          <div key={group} role="group" aria-label={group}>
            <p class="eyebrow" aria-hidden="true" dir="auto">{group}</p>
            {some.map((entry) => <Option key={entry.id} entry={entry} isChosen={entry === chosen} act={() => act(entry)} />)}
          </div>
        ))}
      </div>
      {entries.length === 0 && <p class="muted nothing" role="status">{words.nothingFound(typed)}</p>}
    </Modal>
  );
}

function Option({ entry, isChosen, act }: { entry: Entry; isChosen: boolean; act(): void }) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    <div ref={row} id={`found-${entry.id}`} class="option" role="option" aria-selected={isChosen} onClick={act}>
      <span class="grow cut" dir="auto"><span class="label">{entry.label}</span> <span class="muted">{entry.more}</span></span>
      <span class="keys">{entry.keys.map((key) => <kbd key={key}>{key}</kbd>)}</span>
    </div>
  );
}

function actionsOf(deeds: Deeds): Entry[] {
  const mac = isMac();
  return ACTIONS.flatMap(({ id, group, key }) => {
    const act = deeds[id];
    if (act === undefined || id === "palette") return [];
    return [{ id, group: words.actionGroups[group], label: words.actions[id], more: "", keys: key ? pressed(key, mac) : [], act }];
  });
}

function chatsOf(desk: Desk, { ringing, mine, others, ended }: Groups): Entry[] {
  return [...ringing, ...mine, ...others, ...ended].map((card) => ({
    id: card.chat,
    group: words.chats,
    label: card.name,
    more: `${card.room} · ${stateOf(card)}`,
    keys: [],
    act: () => desk.select(card.chat),
  }));
}

function stateOf(card: Card): string {
  if (card.status === "waiting") return words.groups.ringing;
  if (card.status === "active") return card.agent_name ?? words.aColleague;
  return words.chatEnded;
}

function groupsOf(entries: readonly Entry[]): [string, Entry[]][] {
  return [...new Set(entries.map(({ group }) => group))].map((group) => [group, entries.filter((entry) => entry.group === group)]);
}
