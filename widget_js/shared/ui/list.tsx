import type { ComponentChildren } from "preact";

export function List({ label, children }: { label: string; children: ComponentChildren }) {
  return <ul class="list-rows" aria-label={label}>{children}</ul>;
}

export interface ListRowProps {
  /** A face, or an icon in a span of class `lead`. */
  lead?: ComponentChildren;
  what: ComponentChildren;
  more?: ComponentChildren;
  end?: ComponentChildren;
  badge?: ComponentChildren;
  /** Where it leads; with `act` it is a button. */
  href?: string;
  act?: () => void;
  isCurrent?: boolean;
}

export function ListRow({ lead, what, more, end, badge, href, act, isCurrent }: ListRowProps) {
  const inside = (
    <>
      {lead}
      <span class="what cut" dir="auto">{what}</span>
      {end !== undefined && <span class="at-end">{end}</span>}
      {more !== undefined && <span class="more cut" dir="auto">{more}</span>}
      {badge}
    </>
  );
  const current = isCurrent ? ("true" as const) : undefined;
  if (href !== undefined) return <li><a class="list-row" href={href} aria-current={current}>{inside}</a></li>;
  if (act !== undefined) return <li><button type="button" class="list-row" aria-current={current} onClick={act}>{inside}</button></li>;
  return <li><div class="list-row">{inside}</div></li>;
}
