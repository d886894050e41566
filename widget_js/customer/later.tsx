import type { ComponentChildren } from "preact";
import { Observable, useObserved } from "../shared/observable";
import { Skeleton } from "../shared/ui";
import type { Afterwards } from "./afterwards";
import type { Boot } from "./boot";
import type { Visit } from "./visit";
import { words } from "./words";

type Parts = typeof import("./parts");
interface There extends Parts {
  readonly after: Afterwards;
}

const AGAIN_MS = 2_000;
const there = new Observable<There | null>(null);
let fetching: Promise<unknown> | null = null;

/** What a chat of plain text can do without, and its style sheet; asked for again until the line lets it through. */
export function fetchParts(boot: Boot, visit: Visit): void {
  const fetched = async () => {
    const parts = await import("./parts");
    await sheetAt(boot.later); // nothing is drawn before its styles are there
    equip(visit, parts);
  };
  fetching ??= fetched().catch(
    () => void setTimeout(() => { fetching = null; fetchParts(boot, visit); }, AGAIN_MS),
  );
}

/** Before it is needed, because the line may be down then; but after everything that is needed now. */
export function fetchPartsWhenIdle(boot: Boot, visit: Visit): void {
  const fetch = () => fetchParts(boot, visit);
  if ("requestIdleCallback" in globalThis) requestIdleCallback(fetch, { timeout: AGAIN_MS });
  else setTimeout(fetch, AGAIN_MS); // Safari
}

export function equip(visit: Visit, parts: Parts): There {
  visit.carryFiles(parts.filesOfVisitor);
  const now = { ...parts, after: new parts.Afterwards(visit) };
  there.value = now;
  return now;
}

interface LaterProps {
  boot: Boot;
  visit: Visit;
  /** What stands there until they have come. */
  meanwhile?: ComponentChildren;
  children(parts: There): ComponentChildren;
}

/** Draws with parts of the app that are not there from the start. */
export function Later({ boot, visit, meanwhile = <Skeleton label={words.reading} />, children }: LaterProps) {
  const parts = useObserved(there);
  if (parts !== null) return <>{children(parts)}</>;
  fetchParts(boot, visit);
  return <>{meanwhile}</>;
}

function sheetAt(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = () => resolve();
    link.onerror = () => { link.remove(); reject(new Error("no style sheet")); };
    document.head.append(link);
  });
}
