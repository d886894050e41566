const CURSOR_WITHIN_MS = 1_000;

/** In a frame only when the person is in it, or comes at once: a page that reloads with an open panel keeps its own cursor. */
export function takeCursor(field: HTMLElement | null | undefined): void {
  if (document.hasFocus()) return field?.focus();
  const arrived = () => field?.focus();
  addEventListener("focus", arrived, { once: true });
  setTimeout(() => removeEventListener("focus", arrived), CURSOR_WITHIN_MS);
}

let last: EventTarget | null = null;
globalThis.addEventListener?.("focusin", ({ target }) => (last = target)); // tests of pure rules have no page

/** What had the focus is not drawn any more, and the focus fell to the page as a whole: a screen reader is nowhere then. */
export function isFocusLost(): boolean {
  return document.activeElement === document.body && last instanceof Node && !last.isConnected;
}
