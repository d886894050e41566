import { phase, unread } from "../shared/log";
import type { Host } from "./host";
import type { Keepsake } from "./keepsake";
import type { Visit } from "./visit";

/** Tells the page around us what it must know while the panel is closed, and marks lines as read when it opens. */
export function report(visit: Visit, host: Host, keepsake: Keepsake): void {
  let counted = 0;
  const tell = () => {
    const log = visit.log();
    const count = log === null ? 0 : unread(log, "visitor");
    if (count !== counted) host.tell({ do: "unread", count });
    counted = count;
    keepsake.matters(log !== null && (phase(log) !== "ended" || count > 0));
  };
  visit.chat.subscribe(tell);
  visit.conversations.logs.subscribe(tell);
  const look = () => visit.conversations.look();
  host.shown.subscribe(look);
  document.addEventListener("visibilitychange", look);
}
