import type { Told } from "../shared/lines";
import { words } from "./words";

/** What happened in a chat, as its visitor reads it. */
export function told(line: Told): string {
  if (line.to !== null) return words.transferred(line.name, line.to.agent ?? line.to.room);
  if (line.kind === "erased") return words.erasedLine;
  if (line.kind === "answered") return words.answered(line.name);
  return line.from === "visitor" ? words.youEnded : words.ended(line.name);
}
