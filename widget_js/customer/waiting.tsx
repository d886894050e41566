import { Icon } from "../shared/icon";
import { useObserved } from "../shared/observable";
import { Button, Face } from "../shared/ui";
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

const MOST_FACES = 3;

/** Who hears it. Their names stand below in words. */
function Hearing({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <span class="disc"><Icon name="phone" /></span>;
  return <span class="faces">{names.slice(0, MOST_FACES).map((name) => <Face key={name} name={name} size="large" of="agent" />)}</span>;
}
