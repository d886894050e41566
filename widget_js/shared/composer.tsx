import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { takeCursor } from "./cursor";
import type { PickerProps } from "./emoji_picker";
import { Icon } from "./icon";
import { type Observable, useObserved } from "./observable";
import { LONGEST_TEXT } from "./protocol";
import { IconButton } from "./ui";
import { SHARED_WORDS as words } from "./words";

const TALLEST = 160;

/** What the tools of a composer work on. */
export interface Writing {
  readonly text: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** Puts a text in the place of what is selected, and the cursor behind it. */
  insert(text: string): void;
}

export interface ComposerProps {
  draft: Observable<string>;
  say(text: string): void;
  /** Takes the cursor when it appears or when this changes. */
  focusOn?: string;
  hint?: string;
  /** What the field is called, where it is not a message. */
  label?: string;
  /** What its button does, where that is not to send. */
  act?: string;
  /** The grid of emoji, opened by its button. */
  emoji(picker: PickerProps): ComponentChildren;
  /** Tools before the field and behind it, and what stands above: files, canned texts, a choice of note or reply. */
  before?(writing: Writing): ComponentChildren;
  after?(writing: Writing): ComponentChildren;
  above?(writing: Writing): ComponentChildren;
  /** Sees each key first; true: it is used up. */
  pressed?(event: KeyboardEvent, writing: Writing): boolean;
  pasted?(event: ClipboardEvent): void;
  /** What stands in the field while the person writes; empty when it was sent, or they have left it. */
  writing?(text: string): void;
  /** There is something to send besides the text: `say` is then called with an empty one, too. */
  hasMore?: boolean;
}

export function Composer(props: ComposerProps) {
  const { draft, focusOn, hint, label, before, after, above, pressed, pasted, hasMore = false } = props;
  const text = useObserved(draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const writing: Writing = { text, field, insert: (more) => insert(field.current, draft, more) };
  const over = excess(text);
  useLayoutEffect(() => fit(field.current), [text]);
  useLayoutEffect(() => takeCursor(field.current), [focusOn]);
  useEffect(() => () => props.writing?.(""), []);
  const submit = (event: Event) => {
    event.preventDefault();
    const clean = draft.value.replaceAll("\0", "").trim();
    if (clean === "" && !hasMore || excess(clean) > 0) return;
    draft.value = "";
    props.writing?.("");
    props.say(clean);
    field.current?.focus();
  };
  return (
    <form class="composer" onSubmit={submit}>
      {above && <div class="above">{above(writing)}</div>}
      {over > 0 && <p class="over" role="alert">{words.tooLong(over)}</p>}
      {before?.(writing)}
      <textarea
        ref={field} rows={1} dir="auto" aria-label={label ?? words.message} placeholder={hint ?? words.writeHere}
        aria-invalid={over > 0} value={text} enterkeyhint="send"
        onInput={(event) => {
          draft.value = event.currentTarget.value;
          props.writing?.(draft.value);
        }}
        onBlur={() => props.writing?.("")}
        onKeyDown={(event) => pressed?.(event, writing) ? event.preventDefault() : isSend(event) && submit(event)}
        {...(pasted && { onPaste: pasted })}
      />
      <EmojiTool writing={writing} picker={props.emoji} />
      {after?.(writing)}
      <button class="send" type="submit" onClick={submit} aria-label={props.act ?? words.send} title={props.act ?? words.send} disabled={text.trim() === "" && !hasMore || over > 0}>
        <Icon name="send" /><span aria-hidden="true">{props.act ?? words.send}<kbd>↵</kbd></span>
      </button>
    </form>
  );
}

function EmojiTool({ writing, picker }: { writing: Writing; picker: ComposerProps["emoji"] }) {
  const [isOpen, setOpen] = useState(false);
  const holder = useRef<HTMLSpanElement>(null);
  const close = () => {
    setOpen(false);
    if (holder.current?.contains(document.activeElement)) writing.field.current?.focus();
  };
  const pick = (emoji: string) => {
    setOpen(false);
    writing.insert(emoji);
  };
  return (
    <span class="tool" ref={holder}>
      {/* Not by pointerdown: the picker must not close by losing the focus before the press that closes it. */}
      <IconButton icon="emoji" label={words.emoji} aria-expanded={isOpen} onPointerDown={(event) => isOpen && event.preventDefault()} onClick={() => (isOpen ? close() : setOpen(true))} />
      {isOpen && picker({ pick, close })}
    </span>
  );
}

function insert(field: HTMLTextAreaElement | null, draft: Observable<string>, text: string): void {
  if (field === null) return void (draft.value += text);
  const [start, end] = [field.selectionStart, field.selectionEnd];
  draft.value = draft.value.slice(0, start) + text + draft.value.slice(end);
  field.value = draft.value;
  field.setSelectionRange(start + text.length, start + text.length);
  field.focus();
}

/** How many characters too long; the server counts code points. */
function excess(text: string): number {
  if (text.length <= LONGEST_TEXT) return 0;
  return Math.max(0, [...text.trim()].length - LONGEST_TEXT);
}

/** Enter sends, but not the Enter that ends the composing of a word (229: Safari, where isComposing is already over). */
function isSend(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.altKey && !event.isComposing && event.keyCode !== 229;
}

function fit(field: HTMLTextAreaElement | null): void {
  if (field === null) return;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
}
