import { Icon } from "../shared/icon";
import { useObserved } from "../shared/observable";
import { Button } from "../shared/ui";
import { Faces } from "./faces";
import { Header, Offline } from "./header";
import type { ViewProps } from "./view_props";
import { words } from "./words";

export function Waiting(props: ViewProps) {
  const { boot, visit } = props;
  const room = useObserved(visit.room);
  const question = visit.log()?.entries[0];
  const isRinging = room?.online !== false;
  return (
    <>
      <Header {...props} />
      <Offline visit={visit} text={words.offlineWaiting} />
      <div class="body waiting">
        <div class={isRinging ? "ring" : "ring off still"}>{isRinging ? <Hearing names={room?.agents ?? []} /> : <span class="disc"><Icon name="clock" /></span>}</div>
        <div class="stack centred" role="status">
          <h2 class="headline" dir="auto">{isRinging ? words.ringing(boot.room.name) : words.nobodyTitle}</h2>
          <p class="quiet">{isRinging ? words.hearIt(room?.agents ?? []) : words.stillInLine}</p>
        </div>
        {question?.body.kind === "text" && <blockquote class="asked" dir="auto" tabIndex={0}>{question.body.text}</blockquote>}
      </div>
      <div class="foot">
        <Button look="plain" isWide onClick={() => visit.end()}>{words.cancel}</Button>
      </div>
    </>
  );
}

function Hearing({ names }: { names: readonly string[] }) {
  return names.length === 0 ? <span class="disc"><Icon name="phone" /></span> : <Faces names={names} size="large" />;
}
