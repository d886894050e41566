import { useEffect, useRef } from "preact/hooks";
import { lasting, useNow } from "../clock";
import { isFocusLost } from "../cursor";
import { useObserved } from "../observable";
import { IconButton } from "../ui";
import { Tray } from "./preview";
import type { Recorder } from "./recorder";
import type { Staging } from "./staging";
import { FILE_WORDS as words } from "./words";

/** Above the composer: what is attached, what is being recorded, and what went wrong with it. */
export function Attached({ staging }: { staging: Staging }) {
  const files = useObserved(staging.files);
  const problem = useObserved(staging.problem);
  const recording = useObserved(staging.recorder.state);
  const why = recording.is === "problem" ? recording.why() : problem?.();
  return (
    <>
      {why && <p class="over" role="alert">{why}</p>}
      <Tray files={files} takeOut={(file) => staging.takeOut(file)} />
      {recording.is === "on" && <RecordingBar recorder={staging.recorder} since={recording.since} />}
    </>
  );
}

/** In the composer's place while somebody speaks. */
function RecordingBar({ recorder, since }: { recorder: Recorder; since: number }) {
  const now = useNow();
  const finish = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const bar = finish.current!.parentElement!;
    finish.current!.querySelector("button")?.focus();
    return () => {
      if ((bar.contains(document.activeElement) || isFocusLost()) && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div class="recording" role="group" aria-label={words.recording}>
      <IconButton icon="trash" label={words.discardRecording} onClick={() => recorder.discard()} />
      <span class="lamp ringing" aria-hidden="true" />
      <span class="grow num" role="timer">{words.recording} {lasting(since, now)}</span>
      <span ref={finish}><IconButton icon="check" label={words.finishRecording} onClick={() => recorder.finish()} /></span>
    </div>
  );
}
