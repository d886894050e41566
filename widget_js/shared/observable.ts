import { useLayoutEffect, useState } from "preact/hooks";

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
  const drawn = observable.value;
  // Layout, not useEffect: that one runs after the next frame, and what changes until then would be missed.
  useLayoutEffect(() => {
    const again = () => redraw((turn) => turn + 1);
    if (!Object.is(drawn, observable.value)) again();
    return observable.subscribe(again);
  }, [observable]);
  return drawn;
}
