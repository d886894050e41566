import type { ComponentChildren } from "preact";

/** Filled, hollow, pulsing, half, square, diamond. */
export type LampState = "online" | "offline" | "ringing" | "busy" | "hungup" | "away";

/** A state: its lamp, and its word beside it. Without a word the word must stand elsewhere, as in a face's name. */
export function Lamp({ state, children }: { state: LampState; children?: ComponentChildren }) {
  return <span class={`lamp ${state}`}>{children}</span>;
}
