import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface ModalProps {
  label: string;
  look: string;
  close(): void;
  children: ComponentChildren;
}

/** A dialog without head and foot: what is in it says how it closes, beside Escape and a press outside. The focus goes back. */
export function Modal({ label, look, close, children }: ModalProps) {
  const box = useRef<HTMLDialogElement>(null);
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
      ref={box} class={look} aria-label={label}
      onCancel={(event) => { event.preventDefault(); close(); }}
      onPointerDown={(event) => event.target === box.current && close()}
    >
      {children}
    </dialog>
  );
}
