import { useEffect, useRef, useState } from "preact/hooks";
import { useObserved } from "../shared/observable";
import { Alert, Button, Field, Notice } from "../shared/ui";
import { Dialog } from "../shared/ui/dialog";
import type { Afterwards } from "./afterwards";
import type { ViewProps } from "./view_props";
import { words } from "./words";

const AN_ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type Props = ViewProps & { after: Afterwards };

/** The transcript by mail, to an address that is typed here. */
export function MailDialog({ after, drafts, places, visit }: Props) {
  const address = drafts.of("address");
  const written = useObserved(address);
  const mail = useObserved(after.mail);
  const isLive = useObserved(visit.link) === "live";
  const chat = useObserved(visit.chat);
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const close = () => places.leave("mail");
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  useEffect(() => { if (mail.is === "done" || chat === null) close(); }, [mail, chat]);
  const isRight = AN_ADDRESS.test(written.trim());
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (isRight && chat !== null && mail.is !== "sending") after.mailTo(chat, written.trim());
  };
  return (
    <Dialog title={words.mailTranscript} closes={words.cancel} close={close}>
      <form class="stack" ref={form} onSubmit={submit} noValidate>
        <Field
          label={words.address} type="email" autocomplete="email" hint={words.addressUse} longest={254} value={written}
          problem={isTried && !isRight ? words.addressMissing : null} written={(text) => (address.value = text)}
        />
        {mail.is === "failed" && <Alert kind="bad">{words.refused(mail.code)}</Alert>}
        <div role="status">{mail.is === "sending" && !isLive && <Notice kind="wait" icon="offline">{words.goesOutLater}</Notice>}</div>
        <Button type="submit" look="primary" isWide isBusy={mail.is === "sending"}>{words.send}</Button>
      </form>
    </Dialog>
  );
}
