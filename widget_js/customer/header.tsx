import { Icon } from "../shared/icon";
import { initials } from "../shared/initials";
import type { Drafts } from "../shared/drafts";
import { useObserved } from "../shared/observable";
import type { Boot } from "./boot";
import type { Host } from "./host";
import type { Visit } from "./visit";
import { words } from "./words";

/** What every view gets. */
export interface Props {
  boot: Boot;
  host: Host;
  visit: Visit;
  drafts: Drafts;
}

/** The top of every view but the form. */
export function Header({ boot, host, title, children }: Pick<Props, "boot" | "host"> & { title?: string; children?: preact.ComponentChildren }) {
  return (
    <header class="bar">
      {title !== undefined && <span class="face large" aria-hidden="true">{initials(title)}</span>}
      <div class="grow">
        <h1 class="strong" dir="auto">{title ?? boot.room.name}</h1>
        <p class="tiny quiet" dir="auto">{title === undefined ? boot.business : `${boot.room.name} · ${boot.business}`}</p>
      </div>
      {children}
      <Minimise host={host} />
    </header>
  );
}

export function Minimise({ host }: { host: Host }) {
  if (!host.isThere) return null;
  return (
    <button type="button" class="icon-btn" aria-label={words.minimise} title={words.minimise} onClick={() => host.tell({ do: "close" })}>
      <Icon name="down" />
    </button>
  );
}

/** A strip that says that the line is down; it waits a moment, because most breaks heal at once. */
export function Offline({ visit, text }: { visit: Visit; text: string }) {
  const link = useObserved(visit.link);
  return (
    <div role="status">
      {link === "lost" && <p class="notice wait flat late"><Icon name="offline" /><span>{text}</span></p>}
      {link === "closed" && (
        <p class="notice bad flat">
          <Icon name="warn" /><span class="grow">{words.closedForGood}</span>
          <button type="button" class="btn" onClick={() => location.reload()}>{words.reload}</button>
        </p>
      )}
    </div>
  );
}
