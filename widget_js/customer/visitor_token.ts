import { pauseBefore } from "../shared/backoff";
import type { Keepsake } from "./keepsake";

/** Why nobody can chat here, now and later. forbidden: a sandboxed frame, as a rule. */
export type Shut = "gone" | "forbidden" | "refused";
export type Newcomer = { readonly token: string } | { readonly shut: Shut };

const COME_AGAIN = [408, 425, 429];

/** One tab at a time, where the browser can: two tabs that open together become one visitor. */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return (await navigator.locks.request(name, work)) as T;
  } catch {
    return work(); // no locks here: not a secure context, or a frame that may not
  }
}

/** The visitor that this device is, or becomes now. */
export async function visitorOf(keepsake: Keepsake, room: string): Promise<Newcomer> {
  keepsake.refresh();
  if (keepsake.token !== null) return { token: keepsake.token };
  const newcomer = await newVisitor(room);
  keepsake.refresh();
  if (keepsake.token !== null) return { token: keepsake.token };
  if ("token" in newcomer) keepsake.keep({ token: newcomer.token });
  return newcomer;
}

/** A token for a new visitor of this room. Asks until the server gives one, or says that it never will. */
export async function newVisitor(room: string): Promise<Newcomer> {
  // A sandboxed frame: the server refuses its requests, and the browser tells us no more than "failed".
  if (globalThis.origin === "null") return { shut: "forbidden" };
  for (let attempt = 0; ; attempt++) {
    const answer = await asked(room);
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 300 + pauseBefore(attempt, Math.random)));
  }
}

async function asked(room: string): Promise<Newcomer | undefined> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`/c/${room}/visitor`, { method: "POST", headers, body: "{}" });
    if (response.ok) return { token: ((await response.json()) as { token: string }).token };
    return refusal(response.status);
  } catch {
    return undefined;
  }
}

function refusal(status: number): Newcomer | undefined {
  if (status < 400 || status >= 500 || COME_AGAIN.includes(status)) return undefined;
  if (status === 404 || status === 410) return { shut: "gone" };
  return { shut: status === 403 ? "forbidden" : "refused" };
}

/** A short name for the token that does not give it away: names this visitor's outbox on this device. */
export function fingerprint(token: string): string {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (const letter of token) {
    const code = letter.codePointAt(0)!;
    one = Math.imul(one ^ code, 2654435761);
    other = Math.imul(other ^ code, 1597334677);
  }
  return ((one >>> 0) * 2 ** 21 + (other >>> 11)).toString(36);
}
