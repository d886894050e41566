import { Observable } from "../shared/observable";
import type { UUID } from "../shared/protocol";
import type { CutOff } from "./ending";

/** A question that is open before a chat ends. */
export interface Asked {
  readonly chat: UUID;
  readonly why: CutOff;
}

/** What lies over or beside the chat on this screen. */
export class Surface {
  readonly overlay = new Observable<"palette" | "keys" | null>(null);
  /** The customer's panel: beside the chat where there is room, else over it. */
  readonly panel = new Observable(isBeside());
  readonly asked = new Observable<Asked | null>(null);
}

/** As in narrow.css. */
export function isBeside(): boolean {
  return matchMedia("(min-width: 1181px)").matches;
}

/** The parts of a chat that keys lead to. */
export const MESSAGE_FIELD = ".composer textarea";
export const TAG_FIELD = "#tag";
export const PANEL_SWITCH = ".chat > .head [aria-expanded]";
export const CHAT_NAME = ".chat > .head h2";
export const LIST_NAME = ".list > .head h1";

/** In the list of chats. */
export function rowOf(chat: UUID | null): string {
  return `.chats a[href="#${chat}"]`;
}

/** To the first of these that is on screen. */
export function moveToFirst(...selectors: readonly string[]): void {
  const seen = selectors.map((selector) => document.querySelector<HTMLElement>(selector)).find((element) => element?.checkVisibility());
  seen?.focus({ preventScroll: true });
}

/** At once, so that no letter that follows is lost; and again when what a key has just opened is drawn. */
export function moveTo(selector: string, then: (field: HTMLElement) => void = () => undefined): void {
  document.querySelector<HTMLElement>(selector)?.focus();
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>(selector);
    field?.focus();
    if (field) then(field);
  });
}
