import { useEffect } from "preact/hooks";

export type KeyAction = "answer" | "end" | "next" | "previous" | "note" | "transfer";

const ACTIONS: Readonly<Record<string, KeyAction>> = { KeyA: "answer", KeyE: "end", KeyN: "note", KeyT: "transfer", ArrowDown: "next", ArrowUp: "previous" };

/** By the key's place, not its letter: with Alt a Mac types other letters. */
export function actionOf(event: Pick<KeyboardEvent, "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">): KeyAction | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  return ACTIONS[event.code] ?? null;
}

export function useKeys(act: (action: KeyAction) => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (action === null) return;
      event.preventDefault();
      if (!event.repeat) act(action);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [act]);
}

/** The one after or before in the list, around its ends. */
export function neighbour<T>(list: readonly T[], current: T | null, step: 1 | -1): T | null {
  if (list.length === 0) return null;
  const place = current === null ? -1 : list.indexOf(current);
  const next = place < 0 ? (step > 0 ? 0 : list.length - 1) : (place + step + list.length) % list.length;
  return list[next] ?? null;
}
