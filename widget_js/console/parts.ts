import type { Backend } from "./backend";
import type { CannedTexts } from "./canned_list";
import type { Around } from "./deeds";

/** Everything that the console is made of, once per page. */
export interface Parts extends Around {
  backend: Backend;
  texts: CannedTexts;
}
