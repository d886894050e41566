import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { Lamp, type LampState } from "./lamp";
import { isRightToLeft, moved } from "./roving";

export interface Tab {
  key: string;
  label: string;
}

export interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  selected: string;
  select(key: string): void;
  /** What the selected tab shows. */
  children: ComponentChildren;
}

/** Arrows select at once; Tab leads into what is shown. */
export function Tabs({ label, tabs, selected, select, children }: TabsProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const pressed = (event: KeyboardEvent) => {
    const place = tabs.findIndex((tab) => tab.key === selected);
    const next = moved(event.key, place, { count: tabs.length, columns: 1, isRightToLeft: isRightToLeft(list.current!) });
    if (next === null) return;
    event.preventDefault();
    select(tabs[next]!.key);
    (list.current!.children[next] as HTMLElement).focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={pressed}>
        {tabs.map((tab) => (
          <button
            key={tab.key} type="button" role="tab" id={`${id}-${tab.key}`} aria-selected={tab.key === selected} aria-controls={`${id}-panel`}
            tabIndex={tab.key === selected ? 0 : -1} onClick={() => select(tab.key)}
          >{tab.label}</button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${selected}`} tabIndex={0}>{children}</div>
    </>
  );
}

export interface ChoiceProps<T extends string> {
  /** What is chosen; read out, not drawn. */
  label: string;
  options: readonly { value: T; label: string; lamp?: LampState }[];
  /** null: not known yet. */
  chosen: T | null;
  choose(value: T): void;
}

/** One of a few, all in sight. Real radio buttons: the browser does the arrows. */
export function Choice<T extends string>({ label, options, chosen, choose }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset class="seg">
      <legend class="sr">{label}</legend>
      {options.map((option) => (
        <label key={option.value} class={option.value}>
          <input type="radio" name={name} value={option.value} checked={option.value === chosen} onChange={() => choose(option.value)} />
          {option.lamp ? <Lamp state={option.lamp}>{option.label}</Lamp> : option.label}
        </label>
      ))}
    </fieldset>
  );
}
