import { Observable } from "../shared/observable";
import type { UUID } from "../shared/protocol";

/** `panel`: the open panel itself, where it covers a phone's screen. */
export type Place = "panel" | "earlier" | "forget" | "mail" | `past ${UUID}`;

const KEY = "switchboard";

/** Where the person is beyond the chat itself, as entries of the browser's history: Back leads out again, and not off the page. */
export class Places {
  readonly now: Observable<readonly Place[]>;
  /** False once the browser refused an entry: then nothing may be gone back over. */
  private isKept = true;
  private left: Place | null = null;

  constructor(
    private readonly entries: Pick<History, "state" | "pushState" | "go">,
    page: Pick<EventTarget, "addEventListener">,
  ) {
    this.now = new Observable(placesIn(entries.state));
    page.addEventListener("popstate", (event) => this.move(placesIn((event as PopStateEvent).state)));
  }

  get top(): Place | undefined {
    return this.now.value.at(-1);
  }

  /** Where the person has just come back from, once: the focus belongs at its door. */
  takeLeft(): Place | null {
    const { left } = this;
    this.left = null;
    return left;
  }

  has(place: Place): boolean {
    return this.now.value.includes(place);
  }

  enter(place: Place): void {
    if (this.top === place) return;
    const places = [...this.now.value, place];
    try {
      if (this.isKept) this.entries.pushState({ [KEY]: places }, "");
    } catch {
      this.isKept = false;
    }
    this.move(places);
  }

  /** Out of this place, and of what was entered from it. */
  leave(place: Place): void {
    const { value } = this.now;
    const at = value.indexOf(place);
    if (at < 0) return;
    this.move(value.slice(0, at));
    if (this.isKept) this.entries.go(at - value.length);
  }

  private move(places: readonly Place[]): void {
    const { value } = this.now;
    if (places.length !== value.length) this.left = places.length < value.length ? value.at(-1)! : null;
    this.now.value = places;
  }
}

function placesIn(state: unknown): readonly Place[] {
  const places = (state as Record<string, unknown> | null)?.[KEY];
  return Array.isArray(places) ? (places as Place[]) : [];
}
