import type { Host } from "./host";
import type { Places } from "./places";

const WIDEST_PHONE = 480;

/** On a phone the open panel is all there is to see, so Back closes it. */
export function backClosesPanel(host: Host, places: Places): void {
  if (!host.isThere) return;
  const follow = () => {
    if (host.shown.value && coversScreen()) places.enter("panel");
    if (!host.shown.value) places.leave("panel");
  };
  let wasPanel = places.has("panel");
  places.now.subscribe(() => {
    const isPanel = places.has("panel");
    if (wasPanel && !isPanel && host.shown.value) host.tell({ do: "close" });
    wasPanel = isPanel;
  });
  host.shown.subscribe(follow);
  follow();
}

/** A frame does not learn how large the screen is. On a tablet the panel leaves some of the page in sight, and Back closes it, too. */
function coversScreen(): boolean {
  return innerWidth <= WIDEST_PHONE && matchMedia("(hover: none) and (pointer: coarse)").matches;
}

/** The page ends where the on-screen keyboard begins, so that the composer stands above it. In a frame the page around us does it. */
export function endAboveKeyboard(view: VisualViewport | null, root: HTMLElement): void {
  if (view === null) return;
  const fit = () => {
    if (view.scale > 1) return; // zoomed in: a part is seen, and nothing moves
    root.style.setProperty("--seen", `${view.height}px`);
    root.style.setProperty("--seen-from", `${view.offsetTop}px`);
  };
  view.addEventListener("resize", fit);
  view.addEventListener("scroll", fit);
  fit();
}
