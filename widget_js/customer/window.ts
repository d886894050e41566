import { language } from "../shared/language";
import type { Visit } from "./visit";

const FEATURES = "popup,noopener,width=420,height=720";
const FRAGMENT = "#in=";
const TRIES = 12;
const EVERY_MS = 300;

/** The same visitor in a window of their own. The code is ours, because a browser opens windows only while a button is pressed. */
export function popOut(visit: Visit): boolean {
  const code = freshCode();
  if (!visit.send({ t: "admit", code })) return false;
  // Of the query only the language: `frame=1` is for frames.
  open(`${location.pathname}?lang=${language.value}${FRAGMENT}${code}`, "_blank", FEATURES);
  return true;
}

/** The code that this window was opened with; from then on it is nowhere any more. */
export function takeCode(): string | null {
  if (!location.hash.startsWith(FRAGMENT)) return null;
  const code = location.hash.slice(FRAGMENT.length);
  history.replaceState(history.state, "", location.pathname + location.search);
  return code;
}

/** The visitor's token for this window. The window may be faster than the news that it comes; null when nobody lets it in. */
export async function letIn(room: string, code: string): Promise<string | null> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const response = await fetch(`/c/${room}/window`, { method: "POST", body: new URLSearchParams({ code }) }).catch(() => null);
    if (response?.ok) return ((await response.json()) as { token: string }).token;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  return null;
}

function freshCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
