import { Dialog } from "../shared/ui/dialog";
import { type ActionGroup, ACTIONS, isMac, pressed } from "./actions";
import { words } from "./words";

/** The two short ones fill a column, the long one the other. */
const GROUPS: readonly ActionGroup[] = ["inbox", "you", "chat"];

/** All shortcuts, from the table that the keys themselves use. */
export function KeySheet({ close }: { close(): void }) {
  const mac = isMac();
  return (
    <Dialog title={words.actions.keys} closes={words.close} close={close} isWide>
      <div class="key-groups">{GROUPS.map((group) => <Group key={group} group={group} mac={mac} />)}</div>
      <p class="xs muted">{mac ? words.keysOnAMac : words.keysWhileWriting}</p>
    </Dialog>
  );
}

function Group({ group, mac }: { group: ActionGroup; mac: boolean }) {
  const rows = ACTIONS.flatMap(({ id, key, group: of }) => (of === group && key !== null ? [{ what: words.actions[id], keys: pressed(key, mac) }] : []));
  return (
    <section>
      <h3 class="eyebrow">{words.actionGroups[group]}</h3>
      <dl>
        {[...rows, ...(group === "chat" ? words.typedKeys : [])].map(({ what, keys }) => (
          <div key={what} class="row"><dt class="grow">{what}</dt><dd class="keys">{keys.map((part) => <kbd key={part}>{part}</kbd>)}</dd></div>
        ))}
      </dl>
    </section>
  );
}
