import { speak } from "../shared/language";
import type { Catalogue } from "../shared/message";

let wanted: string;

/** Loads the catalogue at this address and speaks it, unless another was asked for meanwhile. */
export async function speakAs(address: string): Promise<void> {
  wanted = address;
  const { default: catalogue } = (await import(address)) as { default: Catalogue };
  if (address !== wanted) return;
  Object.assign(document.documentElement, { lang: catalogue.language, dir: catalogue.direction });
  speak(catalogue);
}

/** The server knows which of our languages a tag means. */
export function wordsFor(tag: string): string {
  return `/words/widget/${encodeURIComponent(tag)}`;
}
