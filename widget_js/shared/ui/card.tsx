import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon, type IconName } from "../icon";

export function Card({ title, children, foot }: { title?: string; children: ComponentChildren; foot?: ComponentChildren }) {
  const id = useId();
  return (
    <section class="card" aria-labelledby={title && id}>
      {title && <h2 id={id} dir="auto">{title}</h2>}
      {children}
      {foot && <footer>{foot}</footer>}
    </section>
  );
}

export interface EmptyProps {
  icon: IconName;
  title: string;
  /** Why it is empty and what to do. */
  children: ComponentChildren;
  act?: ComponentChildren;
}

export function EmptyState({ icon, title, children, act }: EmptyProps) {
  return <div class="empty"><Icon name={icon} /><h2 dir="auto">{title}</h2><p dir="auto">{children}</p>{act}</div>;
}

/** `label` is read out; the shapes show only after 300 ms. */
export function Skeleton({ label, lines = 4, of = "thread" }: { label: string; lines?: number; of?: "thread" | "list" }) {
  return <div class={of === "list" ? "skeleton list" : "skeleton"} role="status"><span class="sr">{label}</span>{Array.from({ length: lines }, (_, place) => <i key={place} />)}</div>;
}
