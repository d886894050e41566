import { useEffect, useRef } from "preact/hooks";
import { type ActionId, ACTIONS, type Deeds } from "./actions";

type Pressed = Pick<KeyboardEvent, "code" | "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

/** By the key's place, not its letter: with Alt a Mac types other letters. AltGr holds Ctrl and Alt, and writes. */
export function actionOf(event: Pressed, isWriting: boolean): ActionId | null {
  const { altKey, ctrlKey, metaKey, shiftKey } = event;
  const held = altKey && !ctrlKey && !metaKey && !shiftKey ? "alt" : (ctrlKey || metaKey) && !altKey && !shiftKey ? "command" : null;
  const found = ACTIONS.find(({ key }) => {
    if (key === null) return false;
    if (key.held === "typed") return !isWriting && !altKey && !ctrlKey && !metaKey && event.key === key.code;
    return key.held === held && key.code === event.code;
  });
  return found?.id ?? null;
}

export function useKeys(deeds: Deeds): void {
  const latest = useRef(deeds);
  latest.current = deeds; // at once: a key may follow right upon what is drawn
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      const action = actionOf(event, isWriting(event.target));
      if (action === null) return;
      event.preventDefault();
      if (!event.repeat) latest.current[action]?.();
    };
    addEventListener("keydown", act);
    return () => removeEventListener("keydown", act);
  }, []);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])"));
}

/** The one after or before in the list, around its ends. */
export function neighbour<T>(list: readonly T[], current: T | null, step: 1 | -1): T | null {
  if (list.length === 0) return null;
  const place = current === null ? -1 : list.indexOf(current);
  const next = place < 0 ? (step > 0 ? 0 : list.length - 1) : (place + step + list.length) % list.length;
  return list[next] ?? null;
}
