import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "../icon";
import { IconButton } from "./button";
import { beginningWith, isRightToLeft, moved } from "./roving";

export interface MenuItem {
  key: string;
  label: string;
  icon?: IconName;
  shortcut?: string;
  isDanger?: boolean;
  act(): void;
}

export interface MenuProps {
  /** Name of the button and of the menu. */
  label: string;
  icon?: IconName;
  items: readonly MenuItem[];
  /** Where it opens: below, or above where there is no room below. */
  opens?: "down" | "up";
  opened?: (() => void) | undefined;
}

/** A button with a menu: arrows, Home, End, first letters, Escape. The focus goes back to the button. */
export function Menu({ label, icon = "more", items, opens = "down", opened }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const close = () => {
    setOpen(false);
    anchor.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  };
  const opensByKey = (event: KeyboardEvent) => {
    if (isOpen || event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <span class="menu-anchor" ref={anchor} onFocusOut={(event) => leaves(event, anchor.current) && setOpen(false)}>
      <IconButton icon={icon} label={label} aria-haspopup="menu" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} onKeyDown={opensByKey} />
      {isOpen && <Items label={label} items={items} opens={opens} opened={opened} close={close} />}
    </span>
  );
}

function Items({ label, items, opens, opened, close }: Omit<MenuProps, "icon"> & { close(): void }) {
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(0);
  useLayoutEffect(() => {
    opened?.();
    const { left, right } = list.current!.getBoundingClientRect();
    if (left < 0 || right > innerWidth) list.current!.classList.add("start");
  }, []);
  useLayoutEffect(() => (list.current?.children[place] as HTMLElement | undefined)?.focus(), [place]);
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation(); // of the menu, not of the panel around it
      return close();
    }
    const typed = event.key.length === 1 && event.key !== " " ? beginningWith(event.key, items.map((item) => item.label), place) : null;
    const next = moved(event.key, place, { count: items.length, columns: 1, isRightToLeft: isRightToLeft(list.current!) }) ?? typed;
    if (next === null) return;
    event.preventDefault();
    setPlace(next);
  };
  return (
    <div class={opens === "up" ? "menu up" : "menu"} role="menu" aria-label={label} ref={list} onKeyDown={pressed}>
      {items.map((item, index) => (
        <button key={item.key} type="button" role="menuitem" tabIndex={index === place ? 0 : -1} class={item.isDanger ? "danger" : ""} onClick={() => { close(); item.act(); }}>
          {item.icon && <Icon name={item.icon} />}<span dir="auto">{item.label}</span>{item.shortcut && <kbd aria-hidden="true">{item.shortcut}</kbd>}
        </button>
      ))}
    </div>
  );
}

/** The focus goes somewhere else, not to another part of the same thing. */
export function leaves(event: FocusEvent, holder: HTMLElement | null): boolean {
  return holder !== null && !(event.relatedTarget instanceof Node && holder.contains(event.relatedTarget));
}
