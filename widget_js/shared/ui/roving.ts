/** Where the arrow keys lead in a list or a grid of which one place can have the focus (WAI-ARIA, roving tabindex). */
export interface Places {
  readonly count: number;
  /** In one row: 1. */
  readonly columns: number;
  readonly isRightToLeft: boolean;
}

/** The next place, or null when the key means nothing here. Lists go around their ends; grids stop at them. */
export function moved(key: string, place: number, { count, columns, isRightToLeft }: Places): number | null {
  if (count === 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const [ahead, back] = isRightToLeft ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  if (columns > 1) return inGrid(key, place, ahead, back, columns, count);
  if (key === "ArrowDown" || key === ahead) return (place + 1) % count;
  if (key === "ArrowUp" || key === back) return (place - 1 + count) % count;
  return null;
}

function inGrid(key: string, place: number, ahead: string, back: string, columns: number, count: number): number | null {
  const steps: Record<string, number> = { [ahead]: 1, [back]: -1, ArrowDown: columns, ArrowUp: -columns };
  const step = steps[key];
  if (step === undefined) return null;
  const next = place + step;
  return next >= 0 && next < count ? next : place;
}

/** The next item that begins with what was typed, after `place` and around the end. */
export function beginningWith(typed: string, labels: readonly string[], place: number): number | null {
  const wanted = typed.toLocaleLowerCase();
  for (let step = 1; step <= labels.length; step += 1) {
    const next = (place + step) % labels.length;
    if (labels[next]!.toLocaleLowerCase().startsWith(wanted)) return next;
  }
  return null;
}

export function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === "rtl";
}
