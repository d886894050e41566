import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Observable } from "../shared/observable";
import { useObserved } from "../shared/observable";
import type { Backend } from "./backend";
import { type CannedText, type Facts, filled, inserted, matching, type Slash, slashAt } from "./canned";
import { words } from "./words";

const LIST = "canned-list";
const FRESH_MS = 5_000;

/** The texts of this agent, read when a list opens: they may have been changed on another page. */
export class CannedTexts {
  private texts: readonly CannedText[] | null = null;
  private readAt = 0;

  constructor(private readonly backend: Backend) {}

  get known(): readonly CannedText[] | null {
    return this.texts;
  }

  /** Rejects with a Refusal. */
  async read(): Promise<readonly CannedText[]> {
    if (this.texts !== null && Date.now() - this.readAt < FRESH_MS) return this.texts;
    const { texts } = await this.backend.get<{ texts: CannedText[] }>("/canned-texts/usable");
    this.readAt = Date.now();
    return (this.texts = texts);
  }
}

interface WithCannedTextsProps {
  texts: CannedTexts;
  draft: Observable<string>;
  facts: Facts;
  settings: string;
  children: ComponentChildren;
}

/** Around a composer: `/` opens the list above it. Its keys are heard before the composer's, so that Enter inserts and does not send. */
export function WithCannedTexts({ texts, draft, facts, settings, children }: WithCannedTextsProps) {
  const holder = useRef<HTMLDivElement>(null);
  const text = useObserved(draft);
  const [slash, setSlash] = useState<Slash | null>(null);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const [place, setPlace] = useState(0);
  const [known, setKnown] = useState(texts.known);
  const field = () => holder.current?.querySelector("textarea") ?? null;
  const isOpen = slash !== null && slash.start !== dismissed;
  const hits = isOpen && known !== null ? matching(known, slash.typed) : [];
  const chosen = hits[Math.min(place, hits.length - 1)];
  useEffect(() => {
    if (isOpen) void texts.read().then(setKnown, () => setKnown(texts.known ?? []));
  }, [isOpen, texts]);
  useLayoutEffect(() => named(field(), chosen && `${LIST}-${chosen.shortcut}`), [chosen]);
  const look = () => {
    const box = field();
    const now = box === null || box.selectionStart !== box.selectionEnd ? null : slashAt(box.value, box.selectionStart);
    if (now?.typed !== slash?.typed) setPlace(0);
    if (now === null) setDismissed(null);
    setSlash(now);
  };
  useLayoutEffect(look, [text]);
  const insert = (one: CannedText) => {
    const box = field();
    if (box === null || slash === null) return;
    const after = inserted(box.value, slash, filled(one.text, facts));
    draft.value = after.text;
    setSlash(null);
    requestAnimationFrame(() => {
      box.focus();
      box.setSelectionRange(after.cursor, after.cursor);
    });
  };
  const pressed = (event: KeyboardEvent) => {
    if (!isOpen || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") setDismissed(slash.start);
    else if (step !== undefined && hits.length > 0) setPlace((Math.min(place, hits.length - 1) + step + hits.length) % hits.length);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && chosen) insert(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={holder} class="with-canned" onKeyDownCapture={pressed} onKeyUp={look} onPointerUp={look} onFocusOut={(event) => leaves(event, holder.current) && setSlash(null)}>
      {isOpen && known !== null && (
        <div class="canned">
          <div id={LIST} role="listbox" aria-label={words.cannedTexts}>
            {hits.map((one) => <Option key={one.shortcut} one={one} facts={facts} isChosen={one === chosen} insert={() => insert(one)} />)}
          </div>
          <p class="xs muted row">
            <span class={chosen ? "grow for-keys" : "grow"}>{known.length === 0 ? words.noCannedTexts : hits.length === 0 ? words.noCannedText(slash.typed) : words.cannedKeys}</span>
            <a href={settings}>{words.manageCannedTexts}</a>
          </p>
        </div>
      )}
      {children}
    </div>
  );
}

function Option({ one, facts, isChosen, insert }: { one: CannedText; facts: Facts; isChosen: boolean; insert(): void }) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    // The press must not take the cursor out of the field.
    <div ref={row} id={`${LIST}-${one.shortcut}`} class="option" role="option" aria-selected={isChosen} onPointerDown={(event) => event.preventDefault()} onClick={insert}>
      <span class="label" dir="ltr">/{one.shortcut}</span><span class="grow cut muted" dir="auto">{filled(one.text, facts)}</span>
    </div>
  );
}

/** The composer's own field says which text is chosen: the cursor stays in it. */
function named(field: HTMLTextAreaElement | null, chosen: string | undefined): void {
  const about = { "aria-controls": chosen && LIST, "aria-activedescendant": chosen, "aria-autocomplete": chosen && "list" };
  for (const [name, value] of Object.entries(about)) {
    if (value === undefined) field?.removeAttribute(name);
    else field?.setAttribute(name, value);
  }
}

function leaves(event: FocusEvent, holder: HTMLElement | null): boolean {
  return !(event.relatedTarget instanceof Node && holder?.contains(event.relatedTarget));
}
