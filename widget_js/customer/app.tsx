import { useEffect } from "preact/hooks";
import { answeredBy, phase, ringsAgainIn } from "../shared/log";
import { language } from "../shared/language";
import { useObserved } from "../shared/observable";
import { Button, Skeleton } from "../shared/ui";
import { Chat } from "./chat";
import { Form } from "./form";
import { Header, Offline } from "./header";
import type { Host } from "./host";
import { Later } from "./later";
import type { Place } from "./places";
import { ShutOut } from "./shut_out";
import type { ViewProps } from "./view_props";
import type { Visit } from "./visit";
import { Waiting } from "./waiting";
import { words } from "./words";

export type Stage = "form" | "reading" | "waiting" | "chat" | "ended";

export function App(props: ViewProps) {
  const stage = useStage(props.visit);
  const shut = useObserved(props.visit.shut);
  useEscape(props.host);
  useObserved(language);
  return (
    <main class={props.host.isThere ? "panel framed" : "panel"} aria-label={props.boot.business}>
      {shut === null ? <View {...props} stage={stage} /> : <ShutOut {...props} why={shut} />}
    </main>
  );
}

function View({ stage, ...props }: ViewProps & { stage: Stage }) {
  const forgetting = useObserved(props.visit.forgetting);
  const top = useObserved(props.places.now).at(-1);
  if (forgetting !== null) return <Later {...props} meanwhile={<Coming {...props} />}>{({ Forgotten }) => <Forgotten {...props} isDone={forgetting === "done"} />}</Later>;
  if (top === "earlier") return <Later {...props} meanwhile={<Coming {...props} to={top} />}>{({ Earlier, after }) => <Earlier {...props} after={after} />}</Later>;
  if (top?.startsWith("past ")) return <Later {...props} meanwhile={<Coming {...props} to={top} />}>{({ PastThread, after }) => <PastThread {...props} after={after} chat={top.slice("past ".length)} />}</Later>;
  return (
    <>
      {top === "forget" && <Later {...props} meanwhile={null}>{({ ForgetDialog }) => <ForgetDialog {...props} />}</Later>}
      {top === "mail" && <Later {...props} meanwhile={null}>{({ MailDialog, after }) => <MailDialog {...props} after={after} />}</Later>}
      {stage === "form" && <Form {...props} />}
      {stage === "reading" && <><Header {...props} /><Offline visit={props.visit} text={words.noConnection} /></>}
      {stage === "waiting" && <Waiting {...props} />}
      {(stage === "chat" || stage === "ended") && <Chat {...props} isOver={stage === "ended"} />}
    </>
  );
}

/** A view whose code is on its way, and the way back where it was entered. */
function Coming({ to, ...props }: ViewProps & { to?: Place }) {
  return (
    <>
      <Header {...props}>{to !== undefined && <Button look="plain" onClick={() => props.places.leave(to)}>{words.goBack}</Button>}</Header>
      <Offline visit={props.visit} text={words.noConnection} />
      <Skeleton label={words.reading} />
    </>
  );
}

function useStage(visit: Visit): Stage {
  const chat = useObserved(visit.chat);
  const log = useObserved(visit.conversations.logs).get(chat ?? "");
  if (chat === null || log === undefined) return "form";
  if (log.entries.length === 0) return "reading";
  const now = phase(log);
  if (now === "active") return "chat";
  if (now === "waiting") return ringsAgainIn(log) === null ? "waiting" : "chat";
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
