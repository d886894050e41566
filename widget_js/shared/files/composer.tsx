import { Composer, type ComposerProps } from "../composer";
import { useObserved } from "../observable";
import { Tray } from "./preview";
import type { Staging } from "./staging";
import { AttachButton, attachPasted, MicButton, RecordingBar, useDrop } from "./tools";
import { FILE_WORDS as words } from "./words";

interface FileComposerProps extends ComposerProps {
  staging: Staging;
}

/** A composer whose Send takes along what is attached: first the files, then the text. */
export function FileComposer({ staging, ...props }: FileComposerProps) {
  const files = useObserved(staging.files);
  const isOver = useDrop(staging);
  const say = (text: string) => {
    staging.send();
    if (text !== "") props.say(text);
  };
  return (
    <Composer
      {...props} say={say} hasMore={files.length > 0} pasted={(event) => attachPasted(event, staging)}
      above={(writing) => <>{props.above?.(writing)}<Attached staging={staging} isOver={isOver} /></>}
      before={(writing) => <>{props.before?.(writing)}<AttachButton staging={staging} /></>}
      after={(writing) => <>{props.after?.(writing)}<MicButton recorder={staging.recorder} /></>}
    />
  );
}

function Attached({ staging, isOver }: { staging: Staging; isOver: boolean }) {
  const files = useObserved(staging.files);
  const problem = useObserved(staging.problem);
  const recording = useObserved(staging.recorder.state);
  const why = recording.is === "problem" ? recording.why() : problem?.();
  return (
    <>
      {isOver && <p class="drop-here">{words.dropFiles}</p>}
      {why && <p class="over" role="alert">{why}</p>}
      <Tray files={files} takeOut={(file) => staging.takeOut(file)} />
      {recording.is === "on" && <RecordingBar recorder={staging.recorder} since={recording.since} />}
    </>
  );
}
