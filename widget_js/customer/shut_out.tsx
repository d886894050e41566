import { useObserved } from "../shared/observable";
import { Alert, Button } from "../shared/ui";
import { Header } from "./header";
import type { ViewProps } from "./view_props";
import type { Shut } from "./visitor_token";
import { words } from "./words";

/** Nobody can chat here: says why, the way on, and what was written. */
export function ShutOut(props: ViewProps & { why: Shut }) {
  const { drafts, why } = props;
  const text = useObserved(drafts.of("question"));
  // Also in a window that such a frame has opened: it is as shut in as the frame is.
  const isFramed = why === "forbidden" && (window.parent !== window || globalThis.origin === "null");
  return (
    <>
      <Header {...props} />
      <div class="body">
        <Alert kind="bad">{why === "gone" ? words.gone : isFramed ? words.framed : words.closedForGood}</Alert>
        {text.trim() !== "" && <p class="small quiet">{words.youWrote}</p>}
        {text.trim() !== "" && <blockquote class="asked" dir="auto">{text}</blockquote>}
      </div>
      {why !== "gone" && <div class="foot">{isFramed ? <InWindow /> : <Reload />}</div>}
    </>
  );
}

/** The same room as a page of its own: its address without `frame=1`. The frame may not be allowed to open it; then the address helps. */
function InWindow() {
  return (
    <>
      <a class="btn primary wide" href={location.pathname} target="_blank" rel="noopener">{words.openInWindow}</a>
      <p class="small quiet">{words.orCopyAddress}</p>
      <p class="asked small" dir="ltr">{location.origin + location.pathname}</p>
    </>
  );
}

function Reload() {
  return <Button look="primary" isWide onClick={() => location.reload()}>{words.reload}</Button>;
}
