import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "./button";

export interface DialogProps {
  title: string;
  /** Label of the cross. */
  closes: string;
  close(): void;
  children: ComponentChildren;
  /** Its buttons, the act last. */
  foot?: ComponentChildren;
  isWide?: boolean;
}

/** Open as long as it is drawn. Escape, the cross and a press beside it close; the focus goes back to where it was. */
export function Dialog({ title, closes, close, children, foot, isWide }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = box.current!;
    dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      class={isWide ? "dialog wide" : "dialog"} ref={box} aria-labelledby={id}
      onCancel={(event) => { event.preventDefault(); close(); }}
      // The panel around it closes by Escape, too: this one is the dialog's.
      onKeyDown={(event) => event.key === "Escape" && event.stopPropagation()}
      onPointerDown={(event) => event.target === box.current && close()}
    >
      <header><h2 id={id} dir="auto">{title}</h2><IconButton icon="x" label={closes} onClick={close} /></header>
      <div class="inside">{children}</div>
      {foot && <footer>{foot}</footer>}
    </dialog>
  );
}
