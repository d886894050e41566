import { useEffect, useState } from "preact/hooks";

/** A value that tells when it is replaced. */
export class Observable<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set value(next: T) {
    if (Object.is(next, this.current)) return;
    this.current = next;
    for (const listener of [...this.listeners]) listener();
  }

  /** Returns the way to stop listening. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export function useObserved<T>(observable: Observable<T>): T {
  const [, redraw] = useState(0);
  useEffect(() => {
    const seen = observable.value;
    const stop = observable.subscribe(() => redraw((turn) => turn + 1));
    // It may have changed between the first drawing and this subscription.
    if (!Object.is(seen, observable.value)) redraw((turn) => turn + 1);
    return stop;
  }, [observable]);
  return observable.value;
}
