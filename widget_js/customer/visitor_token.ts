import { pauseBefore } from "../shared/backoff";

/** One tab at a time, where the browser can: two tabs that open together become one visitor. */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return (await navigator.locks.request(name, work)) as T;
  } catch {
    return work(); // no locks here: not a secure context, or a frame that may not
  }
}

/** A token for a new visitor of this room. Keeps trying until the server gives one; null when the room is gone. */
export async function newVisitor(room: string): Promise<string | null> {
  for (let attempt = 0; ; attempt++) {
    const answer = await asked(room);
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 300 + pauseBefore(attempt, Math.random)));
  }
}

async function asked(room: string): Promise<string | null | undefined> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`/c/${room}/visitor`, { method: "POST", headers, body: "{}" });
    if (response.ok) return ((await response.json()) as { token: string }).token;
    return response.status === 404 || response.status === 410 ? null : undefined;
  } catch {
    return undefined;
  }
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
