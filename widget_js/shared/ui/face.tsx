import type { ComponentChildren } from "preact";
import { initials } from "../initials";
import { Lamp, type LampState } from "./lamp";

export interface FaceProps {
  name: string;
  /** Address of a photo; else the initials stand for it. */
  photo?: string | undefined;
  size?: "small" | "large" | "huge";
  of?: "agent" | "customer";
  lamp?: LampState | undefined;
}

/** Decoration: the name stands beside it in words. */
export function Face({ name, photo, size, of = "customer", lamp }: FaceProps) {
  return (
    <span class={["face", size, of].filter(Boolean).join(" ")} aria-hidden="true">
      {photo === undefined ? initials(name) : <img src={photo} alt="" />}
      {lamp && <Lamp state={lamp} />}
    </span>
  );
}

/** A count beside something. `label` says it in words; nothing is drawn at zero. */
export function Badge({ count, label, kind }: { count: number; label: string; kind?: "new" | "hot" }) {
  if (count === 0) return null;
  return <span class={["badge", kind].filter(Boolean).join(" ")} role="img" aria-label={label}>{count > 99 ? "99+" : count}</span>;
}

export function Tag({ kind, children }: { kind?: "accent" | "good" | "wait" | "bad"; children: ComponentChildren }) {
  return <span class={["tag", kind].filter(Boolean).join(" ")} dir="auto">{children}</span>;
}
