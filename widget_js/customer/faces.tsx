import { Face } from "../shared/ui";

const MOST = 3;

/** Who is here. Their names stand below in words. */
export function Faces({ names, ...look }: { names: readonly string[]; size?: "large" }) {
  return <span class="faces">{names.slice(0, MOST).map((name) => <Face key={name} name={name} {...look} of="agent" />)}</span>;
}
