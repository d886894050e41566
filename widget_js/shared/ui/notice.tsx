import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../icon";
import { IconButton } from "./button";

export type NoticeKind = "info" | "good" | "wait" | "bad";

const ICONS: Record<NoticeKind, IconName> = { info: "info", good: "check", wait: "info", bad: "warn" };

export interface NoticeProps {
  kind: NoticeKind;
  title?: string | undefined;
  icon?: IconName;
  /** Across the whole width, above a view. */
  isFlat?: boolean;
  /** Only after the line has been down for a moment: most breaks heal at once. */
  isLate?: boolean;
  /** Buttons at its end. */
  acts?: ComponentChildren;
  children: ComponentChildren;
}

/** Says what happened and what to do next. It is read out where its holder has a role; alone use `Alert`. */
export function Notice({ kind, title, icon, isFlat, isLate, acts, children }: NoticeProps) {
  return (
    <div class={["notice", kind, isFlat && "flat", isLate && "late"].filter(Boolean).join(" ")}>
      <Icon name={icon ?? ICONS[kind]} />
      <p class="grow">{title && <span class="strong block">{title}</span>}{children}</p>
      {acts}
    </div>
  );
}

/** A notice that is read out at once. */
export function Alert(props: NoticeProps) {
  return <div role="alert"><Notice {...props} /></div>;
}

export interface ToastLine {
  subject: string;
  text: string;
}

/** What passed by itself: read out, gone after a while. `drop` and its label: the way to send it off earlier. */
export function ToastList({ toasts, dismiss, drop }: { toasts: readonly ToastLine[]; dismiss: string; drop(subject: string): void }) {
  return (
    <div class="toasts" role="status">
      {toasts.map(({ subject, text }) => (
        <div class="toast" key={subject}><p class="grow" dir="auto">{text}</p><IconButton icon="x" label={dismiss} onClick={() => drop(subject)} /></div>
      ))}
    </div>
  );
}
