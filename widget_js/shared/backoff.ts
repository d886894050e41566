const FIRST_MS = 400;
const SOON_MS = 5_000;
const LATE_MS = 30_000;
/** About a minute of short waits: a restart of the server is over by then. */
const SHORT_TRIES = 16;

/** Full jitter: anything between nothing and the bound, so that a restarted server is not stormed. */
export function pauseBefore(attempt: number, random: () => number): number {
  const bound = attempt < SHORT_TRIES ? SOON_MS : LATE_MS;
  return Math.floor(random() * Math.min(bound, FIRST_MS * 2 ** Math.min(attempt, 16)));
}
