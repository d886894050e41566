import { useContext, useEffect, useState } from "preact/hooks";
import { Composer, type ComposerProps } from "../composer";
import { isFocusLost } from "../cursor";
import { Observable, useObserved } from "../observable";
import { Skeleton } from "../ui";
import { OfChat } from "./of_chat";
import type { Staging } from "./staging";
import { AttachButton, attachPasted, MicButton, useDrop } from "./tools";
import type { Staged } from "./uploads";
import { FILE_WORDS as words } from "./words";

interface FileComposerProps extends ComposerProps {
  /** Where the code for files comes later: fetches it, and does this as soon as it is there. */
  later?(act: (staging: Staging) => void): void;
}

const NOTHING = new Observable<readonly Staged[]>([]);
/** Nobody wants a microphone to open by itself long after a press. */
const STILL_MEANT_MS = 3_000;

/** A composer whose Send takes along what is attached: first the files, then the text. */
export function FileComposer({ later, ...props }: FileComposerProps) {
  const there = useContext(OfChat);
  const [isAwaited, setAwaited] = useState(false);
  const files = useObserved(there?.staging.files ?? NOTHING);
  useEffect(() => {
    // Of a file that was taken out: to the button of the next one, or to the one that attaches.
    if (isFocusLost()) document.querySelector<HTMLElement>(".composer button")?.focus();
  }, [files]);
  const withStaging = (act: (staging: Staging) => void) => {
    if (there !== null) return act(there.staging);
    setAwaited(true);
    later?.(act);
  };
  const take = (picked: readonly File[]) => withStaging((staging) => staging.take(picked));
  const isOver = useDrop(take);
  const record = () => {
    const pressed = Date.now();
    withStaging(({ recorder }) => Date.now() - pressed < STILL_MEANT_MS && void recorder.start());
  };
  const say = (text: string) => {
    there?.staging.send();
    if (text !== "") props.say(text);
  };
  return (
    <Composer
      {...props} say={say} hasMore={files.length > 0} pasted={(event) => attachPasted(event, take)}
      above={(writing) => (
        <>
          {props.above?.(writing)}
          {isOver && <p class="drop-here">{words.dropFiles}</p>}
          {there !== null ? <there.Attached staging={there.staging} /> : isAwaited && <Skeleton label={words.filesToSend} lines={1} />}
        </>
      )}
      before={(writing) => <>{props.before?.(writing)}<AttachButton take={take} /></>}
      after={(writing) => <>{props.after?.(writing)}<MicButton recorder={there?.staging.recorder} record={record} /></>}
    />
  );
}
