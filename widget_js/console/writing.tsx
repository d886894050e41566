import { useLayoutEffect } from "preact/hooks";
import { Composer } from "../shared/composer";
import { EmojiPicker, type PickerProps } from "../shared/emoji_picker";
import type { Drafts } from "../shared/drafts";
import { FileComposer } from "../shared/files/composer";
import { Icon } from "../shared/icon";
import { useObserved } from "../shared/observable";
import type { Card, UUID } from "../shared/protocol";
import { Choice } from "../shared/ui";
import type { Desk } from "./desk";
import { words } from "./words";

interface WritingProps {
  desk: Desk;
  drafts: Drafts;
  card: Card;
}

/** The draft of the note to this chat; the reply has one of its own. */
export function noteOf(chat: UUID): string {
  return `${chat}:note`;
}

/** The composer of an open chat: a reply to the customer, or a note for the team. Both drafts are kept. */
export function Writing({ desk, drafts, card }: WritingProps) {
  const { chat, name } = card;
  const mode = useObserved(desk.mode);
  useLayoutEffect(() => {
    desk.mode.value = drafts.of(chat).value === "" && drafts.of(noteOf(chat)).value !== "" ? "note" : "reply";
  }, [chat]);
  const emoji = (picker: PickerProps) => <EmojiPicker {...picker} />;
  const above = () => <Modes desk={desk} name={name} />;
  return (
    <div class={mode === "note" ? "writing note" : "writing"}>
      {mode === "reply"
        ? <FileComposer key="reply" draft={drafts.of(chat)} say={(text) => desk.say(chat, text)} writing={(text) => desk.typing.write(chat, text)} focusOn={chat} hint={words.writeTo(name)} emoji={emoji} above={above} />
        : <Composer key="note" draft={drafts.of(noteOf(chat))} say={(text) => desk.note(chat, text)} focusOn={chat} hint={words.noteHint} label={words.noteHint} act={words.addNote} emoji={emoji} above={above} />}
    </div>
  );
}

function Modes({ desk, name }: { desk: Desk; name: string }) {
  const mode = useObserved(desk.mode);
  const options = (["reply", "note"] as const).map((value) => ({ value, label: words.modes[value] }));
  return (
    <div class="modes">
      <Choice label={words.mode} chosen={mode} choose={(to) => (desk.mode.value = to)} options={options} />
      <kbd aria-hidden="true">Alt N</kbd>
      {mode === "note" && <span class="xs end"><Icon name="lock" /><span dir="auto">{words.neverSees(name)}</span></span>}
    </div>
  );
}
