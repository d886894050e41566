import { useEffect } from "preact/hooks";
import type { Drafts } from "../shared/drafts";
import { Icon } from "../shared/icon";
import { initials } from "../shared/initials";
import { answeredBy, phase } from "../shared/log";
import { useObserved } from "../shared/observable";
import type { Boot } from "./boot";
import { Chat } from "./chat";
import { Form } from "./form";
import type { Host } from "./host";
import type { Visit } from "./visit";
import { Waiting } from "./waiting";
import { words } from "./words";

export interface Props {
  boot: Boot;
  host: Host;
  visit: Visit;
  drafts: Drafts;
}

export type Stage = "form" | "reading" | "waiting" | "chat" | "ended";

export function App(props: Props) {
  const stage = useStage(props.visit);
  useEscape(props.host);
  return (
    <main class={props.host.isThere ? "panel framed" : "panel"} aria-label={props.boot.business}>
      {stage === "form" && <Form {...props} />}
      {stage === "reading" && <><Header {...props} /><Offline visit={props.visit} text={words.noConnection} /></>}
      {stage === "waiting" && <Waiting {...props} />}
      {(stage === "chat" || stage === "ended") && <Chat {...props} isOver={stage === "ended"} />}
    </main>
  );
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

function useStage(visit: Visit): Stage {
  const chat = useObserved(visit.chat);
  const log = useObserved(visit.conversations.logs).get(chat ?? "");
  if (chat === null || log === undefined) return "form";
  if (log.entries.length === 0) return "reading";
  const now = phase(log);
  if (now === "active") return "chat";
  if (now === "waiting") return "waiting";
  // Left before anybody answered: there is nothing to read, the question is still in the form.
  return answeredBy(log) === null ? "form" : "ended";
}

function useEscape(host: Host): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.isComposing) host.tell({ do: "close" });
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [host]);
}
