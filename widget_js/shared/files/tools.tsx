import { useEffect, useRef, useState } from "preact/hooks";
import { Observable, useObserved } from "../observable";
import { IconButton } from "../ui";
import type { Recorder } from "./recorder";
import { FILE_WORDS as words } from "./words";

type Take = (files: readonly File[]) => void;

export function AttachButton({ take }: { take: Take }) {
  const picker = useRef<HTMLInputElement>(null);
  const picked = (input: HTMLInputElement) => {
    take([...(input.files ?? [])]);
    input.value = ""; // the same file may be picked again
  };
  return (
    <>
      <IconButton icon="clip" label={words.attach} onClick={() => picker.current?.click()} />
      <input ref={picker} type="file" multiple hidden aria-label={words.attach} onChange={(event) => picked(event.currentTarget)} />
    </>
  );
}

const NONE: Recorder["state"] = new Observable({ is: "off" });

export function MicButton({ recorder, record }: { recorder: Recorder | undefined; record(): void }) {
  const { is } = useObserved(recorder?.state ?? NONE);
  return <IconButton icon="mic" label={words.recordVoice} aria-disabled={is === "asking"} onClick={record} />;
}

/** Files dragged over the page; what is dropped is attached. True while something hangs over it. */
export function useDrop(take: Take): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
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
      latest.current([...event.dataTransfer.files]);
    };
    const listeners = [["dragover", over], ["dragleave", left], ["drop", dropped]] as const;
    for (const [name, heard] of listeners) addEventListener(name, heard as EventListener);
    return () => {
      for (const [name, heard] of listeners) removeEventListener(name, heard as EventListener);
    };
  }, []);
  return isOver;
}

/** Pasted pictures and files are attached; pasted text stays text, also where a program puts a picture of it beside it. */
export function attachPasted(event: ClipboardEvent, take: Take): void {
  const pasted = event.clipboardData;
  if (pasted === null || pasted.files.length === 0 || pasted.types.includes("text/plain")) return;
  event.preventDefault();
  take([...pasted.files]);
}
