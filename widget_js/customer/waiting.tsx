import { Icon } from "../shared/icon";
import { useObserved } from "../shared/observable";
import { Button } from "../shared/ui";
import { Header, Offline, type Props } from "./header";
import { words } from "./words";

export function Waiting({ boot, host, visit }: Props) {
  const room = useObserved(visit.room);
  const question = visit.log()?.entries[0];
  const isRinging = room?.online !== false;
  return (
    <>
      <Header boot={boot} host={host} />
      <Offline visit={visit} text={words.offlineWaiting} />
      <div class="body waiting">
        <div class={isRinging ? "ring" : "ring off still"}><span class="disc"><Icon name={isRinging ? "phone" : "clock"} /></span></div>
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
