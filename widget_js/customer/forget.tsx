import { Icon } from "../shared/icon";
import { useObserved } from "../shared/observable";
import { Button } from "../shared/ui";
import { Dialog } from "../shared/ui/dialog";
import { Header, Offline } from "./header";
import type { ViewProps } from "./view_props";
import { words } from "./words";

/** Names what goes and what stays before it happens. */
export function ForgetDialog({ boot, places, visit }: ViewProps) {
  const close = () => places.leave("forget");
  const forget = () => {
    places.leave(places.has("earlier") ? "earlier" : "forget"); // nothing is left to go back to
    void visit.forget();
  };
  const foot = <><Button onClick={close}>{words.keepIt}</Button><Button look="danger" onClick={forget}>{words.forgetNow}</Button></>;
  return (
    <Dialog title={words.forgetTitle} closes={words.keepIt} close={close} foot={foot}>
      <p class="strong">{words.cannotUndo}</p>
      <dl class="stack small">
        <div><dt class="strong">{words.goesNow}</dt><dd class="quiet" dir="auto">{words.goesNowWhat(boot.business)}</dd></div>
        <div><dt class="strong">{words.stays}</dt><dd class="quiet" dir="auto">{words.staysWhat(boot.business)}</dd></div>
      </dl>
    </Dialog>
  );
}

/** While the server does not know it yet, and after. */
export function Forgotten(props: ViewProps & { isDone: boolean }) {
  const { boot, visit, isDone } = props;
  const isLive = useObserved(visit.link) === "live";
  return (
    <>
      <Header {...props} />
      {!isDone && !isLive && <Offline visit={visit} text={words.forgettingLater(boot.business)} />}
      <div class="body waiting" role="status">
        <div class={`ring ${isDone ? "done" : "off"} still`}><span class="disc"><Icon name={isDone ? "check" : "trash"} /></span></div>
        <div class="stack centred">
          <h2 class="headline">{isDone ? words.forgotten : words.forgetting}</h2>
          {isDone && <p class="quiet" dir="auto">{words.forgottenWhat(boot.business)}</p>}
        </div>
      </div>
      {isDone && <div class="foot"><Button look="primary" isWide onClick={() => visit.startAnew()}>{words.startAnew}</Button></div>}
    </>
  );
}
