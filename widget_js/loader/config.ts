/** What the launcher says; {} is a count or the business' name. */
export interface Words {
  language: string;
  open: string;
  close: string;
  unread: string;
  panel: string;
}

/** What the server writes in front of the loader: the room's public facts, and the launcher as the script's address asks for it. */
export interface Config {
  origin: string;
  room: string;
  business: string;
  words: Words;
  /** Path of the icon, 24 by 24. */
  icon: string;
  /** Rules behind launcher.css. */
  css?: string;
  /** Six hex digits: what the panel wears, too. */
  color?: string;
  /** ltr puts the launcher to the right. Without it it inherits the direction of the page, the one thing that `all` leaves. */
  dir?: "ltr" | "rtl";
  /** Set by hover.ts where the launcher opens on hover. `open` gives the panel the keys, too. */
  hover?(button: HTMLButtonElement, show: () => void, open: () => void): void;
}

declare global {
  interface Window {
    __switchboard?: Config;
  }
}

export function filled(sentence: string, value: string | number): string {
  return sentence.replace("{}", () => `${value}`);
}
