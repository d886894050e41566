import { FIRST_ICONS } from "./first_icons";
import type { MORE_ICONS } from "./more_icons";

export type IconName = keyof typeof FIRST_ICONS | keyof typeof MORE_ICONS;

const known: Partial<Record<IconName, string>> = { ...FIRST_ICONS };

/** Where they are not there from the start: call before the first of them is drawn. */
export function addIcons(paths: typeof MORE_ICONS): void {
  Object.assign(known, paths);
}

/** What points along the line of text: right-to-left turns it. Devices and marks stay. */
const TURNS: readonly IconName[] = ["left", "right", "send", "swap"];

export function Icon({ name }: { name: IconName }) {
  const turns = TURNS.includes(name);
  return (
    <svg class={turns ? "i flip" : "i"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={known[name]} />
    </svg>
  );
}
