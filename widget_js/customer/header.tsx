import { useEffect, useRef } from "preact/hooks";
import { isFocusLost } from "../shared/cursor";
import { useObserved } from "../shared/observable";
import { Button, Face, IconButton, Notice } from "../shared/ui";
import type { Host } from "./host";
import { More } from "./more";
import type { ViewProps } from "./view_props";
import type { Visit } from "./visit";
import { words } from "./words";

/** The top of every view but the form. */
export function Header({ title, face = title, under, children, ...props }: ViewProps & { title?: string; face?: string | undefined; under?: string; children?: preact.ComponentChildren }) {
  const { boot, host, places } = props;
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const door = places.takeLeft() === "earlier" ? "[aria-haspopup]" : "h1";
    if (isFocusLost()) bar.current?.querySelector<HTMLElement>(door)?.focus();
  }, [title]);
  return (
    <header class="bar" ref={bar}>
      {face !== undefined && <Face name={face} size="large" of="agent" />}
      <div class="grow">
        <h1 class="strong" dir="auto" tabIndex={-1}>{title ?? boot.room.name}</h1>
        <p class="tiny quiet" dir="auto">{under ?? boot.business}</p>
      </div>
      {children}
      <More {...props} />
      <Minimise host={host} />
    </header>
  );
}

export function Minimise({ host }: { host: Host }) {
  if (!host.isThere) return null;
  return <IconButton icon="down" label={words.minimise} onClick={() => host.tell({ do: "close" })} />;
}

/** A strip that says that the line is down; it waits a moment, because most breaks heal at once. */
export function Offline({ visit, text }: { visit: Visit; text: string }) {
  const link = useObserved(visit.link);
  return (
    <div role="status">
      {link === "lost" && <Notice kind="wait" icon="offline" isFlat isLate>{text}</Notice>}
      {link === "closed" && <Notice kind="bad" isFlat acts={<Button onClick={() => location.reload()}>{words.reload}</Button>}>{words.closedForGood}</Notice>}
    </div>
  );
}
