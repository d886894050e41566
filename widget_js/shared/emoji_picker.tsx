import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { isRightToLeft, leaves, moved } from "./ui";
import { SHARED_WORDS as words } from "./words";

const COLUMNS = 7;
const EMOJI = [..."🙂😀😄😂🤣😉😍🥰😘😎🤔😐😕😢😭😱😡🤯🥳🤗🙏👍👎👌👋👏💪🤝🙌✌🤞👀❤🧡💚💙💔✨🎉🔥⭐✅❌❓❗⏰📅📎📷🎁☕🌞🌧🚲🚗🏠"];

export interface PickerProps {
  pick(emoji: string): void;
  close(): void;
}

/** A small grid of emoji: arrows move, Enter takes, Escape goes back to writing. Screen readers know their names. */
export function EmojiPicker({ pick, close }: PickerProps) {
  const [place, setPlace] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (grid.current?.children[place] as HTMLElement | undefined)?.focus(), [place]);
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation(); // of the picker, not of the panel around it
      return close();
    }
    const next = moved(event.key, place, { count: EMOJI.length, columns: COLUMNS, isRightToLeft: isRightToLeft(grid.current!) });
    if (next === null) return;
    event.preventDefault();
    setPlace(next);
  };
  return (
    <div class="emoji-picker" role="group" aria-label={words.emoji} ref={grid} onKeyDown={pressed} onFocusOut={(event) => leaves(event, grid.current) && close()}>
      {EMOJI.map((emoji, index) => <button key={emoji} type="button" tabIndex={index === place ? 0 : -1} onClick={() => pick(emoji)}>{emoji}</button>)}
    </div>
  );
}
