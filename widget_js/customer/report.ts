import type { Chime } from "../shared/chime";
import { phase, unread } from "../shared/log";
import type { Event } from "../shared/protocol";
import type { Host } from "./host";
import type { Keepsake } from "./keepsake";
import type { Visit } from "./visit";

/** Tells the page around us, the tab and the ears what they must know while nobody looks, and marks lines as read when somebody does. */
export function report(visit: Visit, host: Host, keepsake: Keepsake, chime: Chime): void {
  const title = document.title;
  let counted = 0;
  const tell = () => {
    const log = visit.log();
    const count = log === null ? 0 : unread(log, "visitor");
    if (count !== counted) host.tell({ do: "unread", count });
    counted = count;
    document.title = count > 0 && !host.isThere ? `(${count}) ${title}` : title;
    keepsake.matters(log !== null && (phase(log) !== "ended" || count > 0));
  };
  visit.chat.subscribe(tell);
  visit.conversations.logs.subscribe(tell);
  visit.heard.add((event) => isNews(event) && !isWatched(host) && chime.ring());
  const look = () => visit.conversations.look();
  host.shown.subscribe(look);
  document.addEventListener("visibilitychange", look);
}

/** What is there for the visitor; other entries may be the agents' own. */
const NEWS = ["text", "answered", "file"];

/** Somebody answered or wrote; what this visitor does themselves makes no sound. */
function isNews(event: Event): boolean {
  return event.t === "message" && event.entry.from === "agent" && NEWS.includes(event.entry.body.kind);
}

function isWatched(host: Host): boolean {
  return host.shown.value && document.visibilityState === "visible" && document.hasFocus();
}
