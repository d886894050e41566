import type { Chime } from "../shared/chime";
import type { Drafts } from "../shared/drafts";
import type { Boot } from "./boot";
import type { Host } from "./host";
import type { Places } from "./places";
import type { Visit } from "./visit";

/** What every view gets. */
export interface ViewProps {
  boot: Boot;
  host: Host;
  visit: Visit;
  drafts: Drafts;
  places: Places;
  chime: Chime;
  /** A window of its own, popped out of a panel or page. */
  isWindow: boolean;
}
