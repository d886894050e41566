export interface Link {
  readonly href: string;
  readonly text: string;
}

const SCHEMES = ["http:", "https:", "mailto:"];
// Controls of writing direction end an address: they can make it look like another one.
const ADDRESS = /\b(?:https?:\/\/|www\.|mailto:)[^\s<>"\u200b-\u200f\u202a-\u202e\u2060-\u2069]+|\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/giu;
const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** What was written, with its addresses as links. Only http, https and mailto lead anywhere; all else stays text. */
export function pieces(text: string): (string | Link)[] {
  const found: (string | Link)[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const written = withoutEnd(match[0]);
    const href = hrefOf(written);
    if (href === null) continue;
    if (match.index > done) found.push(text.slice(done, match.index));
    found.push({ href, text: written });
    done = match.index + written.length;
  }
  if (done < text.length) found.push(text.slice(done));
  return found;
}

function hrefOf(written: string): string | null {
  const isMail = !/^(?:https?:|www\.|mailto:)/i.test(written);
  const address = isMail ? `mailto:${written}` : /^www\./i.test(written) ? `https://${written}` : written;
  try {
    const url = new URL(address);
    return SCHEMES.includes(url.protocol) && (url.host !== "" || url.pathname.includes("@")) ? url.href : null;
  } catch {
    return null;
  }
}

/** The full stop after an address belongs to the sentence; a bracket does unless it was opened inside. */
function withoutEnd(address: string): string {
  let kept = address;
  while (/[.,;:!?'’”»…)\]}]$/u.test(kept)) {
    const last = kept.at(-1)!;
    const opening = CLOSING[last];
    if (opening !== undefined && kept.split(opening).length >= kept.split(last).length) break;
    kept = kept.slice(0, -1);
  }
  return kept;
}

const ONE = String.raw`(?:\p{Regional_Indicator}{2}|[\d#*]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*)`;
const FEW = new RegExp(String.raw`^(?:${ONE}\s*){1,4}$`, "u");

/** One to four emoji and nothing else. */
export function isFewEmoji(text: string): boolean {
  return text.length <= 60 && FEW.test(text.trim());
}
