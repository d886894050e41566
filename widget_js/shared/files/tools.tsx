import { useEffect, useRef, useState } from "preact/hooks";
import { lasting, useNow } from "../clock";
import { useObserved } from "../observable";
import { IconButton } from "../ui";
import type { Recorder } from "./recorder";
import type { Staging } from "./staging";
import { FILE_WORDS as words } from "./words";

export function AttachButton({ staging }: { staging: Staging }) {
  const picker = useRef<HTMLInputElement>(null);
  const picked = (input: HTMLInputElement) => {
    staging.take(input.files ?? []);
    input.value = ""; // the same file may be picked again
  };
  return (
    <>
      <IconButton icon="clip" label={words.attach} onClick={() => picker.current?.click()} />
      <input ref={picker} type="file" multiple hidden aria-label={words.attach} onChange={(event) => picked(event.currentTarget)} />
    </>
  );
}

export function MicButton({ recorder }: { recorder: Recorder }) {
  const { is } = useObserved(recorder.state);
  return <IconButton icon="mic" label={words.recordVoice} disabled={is === "asking"} onClick={() => void recorder.start()} />;
}

/** In the composer's place while somebody speaks. */
export function RecordingBar({ recorder, since }: { recorder: Recorder; since: number }) {
  const now = useNow();
  const finish = useRef<HTMLSpanElement>(null);
  useEffect(() => finish.current?.querySelector("button")?.focus(), []);
  return (
    <div class="recording" role="group" aria-label={words.recording}>
      <IconButton icon="trash" label={words.discardRecording} onClick={() => recorder.discard()} />
      <span class="lamp ringing" aria-hidden="true" />
      <span class="grow num" role="timer">{words.recording} {lasting(since, now)}</span>
      <span ref={finish}><IconButton icon="check" label={words.finishRecording} onClick={() => recorder.finish()} /></span>
    </div>
  );
}

/** Files dragged over the page; what is dropped is attached. True while something hangs over it. */
export function useDrop(staging: Staging | undefined): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (staging === undefined) return;
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault(); // or the browser opens the file instead of the page
      setOver(true);
    };
    const left = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const dropped = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(false);
      staging.take(event.dataTransfer.files);
    };
    const listeners = [["dragover", over], ["dragleave", left], ["drop", dropped]] as const;
    for (const [name, heard] of listeners) addEventListener(name, heard as EventListener);
    return () => {
      for (const [name, heard] of listeners) removeEventListener(name, heard as EventListener);
    };
  }, [staging]);
  return isOver;
}

/** Pasted pictures and files are attached; pasted text stays text, also where a program puts a picture of it beside it. */
export function attachPasted(event: ClipboardEvent, staging: Staging): void {
  const pasted = event.clipboardData;
  if (pasted === null || pasted.files.length === 0 || pasted.types.includes("text/plain")) return;
  event.preventDefault();
  staging.take(pasted.files);
}
