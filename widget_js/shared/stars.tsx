import { Icon } from "./icon";
import { MOST_STARS } from "./protocol";

/** Decoration: the words beside it say the number. */
export function Stars({ count }: { count: number }) {
  return (
    <span class="stars-given" aria-hidden="true">
      {Array.from({ length: MOST_STARS }, (_, place) => <span key={place} class={place < count ? "lit" : ""}><Icon name="star" /></span>)}
    </span>
  );
}
