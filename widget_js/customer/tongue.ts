import { speak } from "../shared/language";
import type { Catalogue } from "../shared/message";
import type { Observable } from "../shared/observable";

let wanted: string;

/** Loads the catalogue at this address and speaks it, unless another was asked for meanwhile. */
export async function speakAs(address: string): Promise<void> {
  wanted = address;
  const { default: catalogue } = (await import(address)) as { default: Catalogue };
  if (address !== wanted) return;
  Object.assign(document.documentElement, { lang: catalogue.language, dir: catalogue.direction });
  speak(catalogue);
}

/** Speaks what the page asks for, beginning with what this address was asked in. */
export function follow(asked: Observable<string>): void {
  const turn = () => void speakAs(wordsFor(asked.value)).catch(() => undefined); // else it goes on as it was
  if (asked.value && asked.value !== new URLSearchParams(location.search).get("lang")) turn();
  asked.subscribe(turn);
}

/** The server knows which of our languages a tag means. */
function wordsFor(tag: string): string {
  return `/words/widget/${encodeURIComponent(tag)}`;
}
