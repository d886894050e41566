import type { ComponentChildren } from "preact";
import { Observable, useObserved } from "../shared/observable";
import { Skeleton } from "../shared/ui";
import { words } from "./words";

type Parts = typeof import("./parts");

const AGAIN_MS = 2_000;
const parts = new Observable<Parts | null>(null);
let fetching: Promise<void> | null = null;

/** Called early: when somebody gets there, the line may be down. */
export function fetchParts(): void {
  fetching ??= import("./parts").then(
    (loaded) => void (parts.value = loaded),
    () => void setTimeout(() => { fetching = null; fetchParts(); }, AGAIN_MS),
  );
}

/** Draws with parts of the app that are not there from the start. */
export function Later({ children }: { children(parts: Parts): ComponentChildren }) {
  const loaded = useObserved(parts);
  if (loaded !== null) return <>{children(loaded)}</>;
  fetchParts();
  return <Skeleton label={words.reading} />;
}
