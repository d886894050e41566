import type { Log } from "../shared/log";

/** unsent: what was written here has not left yet. unanswered: the customer wrote last. */
export type CutOff = "unsent" | "unanswered";

const SAID: ReadonlySet<string> = new Set(["text", "file"]);

/** Whom ending this chat now would cut off, or null when it ends as people end talks. */
export function cutOff(log: Log | undefined, unsent: number): CutOff | null {
  if (unsent > 0) return "unsent";
  const last = log?.entries.findLast((entry) => SAID.has(entry.body.kind));
  return last?.from === "visitor" ? "unanswered" : null;
}
