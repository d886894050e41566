import type { Card, CustomerRecord } from "../shared/protocol";
import { words } from "./words";

/** The page on which the customer asked. All of it is what a browser says: text, and never more than a link. */
export function Asked({ card, record }: { card: Card; record: CustomerRecord | null }) {
  const page = record?.page ?? card.page;
  if (!page && !card.page_title) return null;
  return (
    <section class="section" aria-label={words.page}>
      <h3>{words.page}</h3>
      <div>
        {card.page_title && <p class="strong cut" dir="auto" title={card.page_title}>{card.page_title}</p>}
        {page && <Address of={page} shown={withoutScheme(page)} />}
      </div>
    </section>
  );
}

/** Whence the customer came to `page`, and with what. */
export function Whereabouts({ page, record }: { page: string | null; record: CustomerRecord | null }) {
  const referrer = record?.referrer;
  const device = record?.device;
  const came = referrer && hostOf(referrer) !== location.host ? referrer : null; // our own page leads to its chat in a window
  const untold = record && <span class="muted">{words.untold}</span>;
  return (
    <section class="section">
      {/* Both lines are there before what stands in them: nothing below moves. */}
      <dl class="facts">
        <dt>{words.cameFrom}</dt>
        <dd class="cut">{came ? <Address of={came} shown={hostOf(came) === hostOf(page ?? "") ? withoutScheme(came) : hostOf(came) ?? came} /> : untold}</dd>
        <dt>{words.browser}</dt>
        <dd class="cut" title={record?.user_agent ?? undefined}>{device ?? untold}</dd>
      </dl>
    </section>
  );
}

/** Whole addresses only: a visitor's page names itself, and nothing else may become a link here. */
function Address({ of, shown }: { of: string; shown: string }) {
  if (hostOf(of) === null) return <p class="cut" dir="auto" title={of}>{shown}</p>;
  return <a class="cut block" dir="ltr" href={of} target="_blank" rel="noopener noreferrer nofollow" title={of}>{shown}</a>;
}

function withoutScheme(address: string): string {
  return address.replace(/^https?:\/\//i, "");
}

/** Null for what is no address on the web. */
export function hostOf(address: string): string | null {
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address).host : null;
}
