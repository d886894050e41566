import { useId } from "preact/hooks";
import { Icon } from "../shared/icon";
import { MOST_STARS } from "../shared/protocol";
import { words } from "./words";

/** Real radio buttons: arrows move and choose, and each says its number. */
export function StarsField({ label, stars, choose }: { label: string; stars: number; choose(stars: number): void }) {
  const name = useId();
  return (
    <fieldset class="stars">
      <legend class="sr">{label}</legend>
      {Array.from({ length: MOST_STARS }, (_, place) => place + 1).map((count) => (
        <label key={count} class={count <= stars ? "lit" : ""}>
          <input class="sr" type="radio" name={name} value={count} checked={count === stars} onChange={() => choose(count)} />
          <Icon name="star" /><span class="sr">{words.starsOf(count)}</span>
        </label>
      ))}
    </fieldset>
  );
}
