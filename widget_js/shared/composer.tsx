import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon";
import { type Observable, useObserved } from "./observable";
import { LONGEST_TEXT } from "./protocol";
import { SHARED_WORDS as words } from "./words";

const TALLEST = 160;

export interface ComposerProps {
  draft: Observable<string>;
  say(text: string): void;
  /** Takes the cursor when it appears or when this changes. */
  focusOn?: string;
  hint?: string;
}

export function Composer({ draft, say, focusOn, hint }: ComposerProps) {
  const text = useObserved(draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const over = excess(text);
  useLayoutEffect(() => fit(field.current), [text]);
  useLayoutEffect(() => takeCursor(field.current), [focusOn]);
  const submit = (event: Event) => {
    event.preventDefault();
    const clean = draft.value.replaceAll("\0", "").trim();
    if (clean === "" || excess(clean) > 0) return;
    draft.value = "";
    say(clean);
    field.current?.focus();
  };
  return (
    <form class="composer" onSubmit={submit}>
      {over > 0 && <p class="over" role="alert">{words.tooLong(over)}</p>}
      <textarea
        ref={field} rows={1} dir="auto" aria-label={words.message} placeholder={hint ?? words.writeHere}
        aria-invalid={over > 0} value={text} enterkeyhint="send"
        onInput={(event) => (draft.value = event.currentTarget.value)}
        onKeyDown={(event) => isSend(event) && submit(event)}
      />
      <button class="send" type="submit" aria-label={words.send} title={words.send} disabled={text.trim() === "" || over > 0}>
        <Icon name="send" />
      </button>
    </form>
  );
}

/** How many characters too long; the server counts code points. */
function excess(text: string): number {
  if (text.length <= LONGEST_TEXT) return 0;
  return Math.max(0, [...text.trim()].length - LONGEST_TEXT);
}

const CURSOR_WITHIN_MS = 1_000;

/** In a frame only when the person is in it, or comes at once: a page that reloads with an open panel keeps its own cursor. */
export function takeCursor(field: HTMLElement | null | undefined): void {
  if (document.hasFocus()) return field?.focus();
  const arrived = () => field?.focus();
  addEventListener("focus", arrived, { once: true });
  setTimeout(() => removeEventListener("focus", arrived), CURSOR_WITHIN_MS);
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
