import type { ComponentChildren, TargetedInputEvent } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "../icon";

interface Around {
  label: string;
  hint?: string | undefined;
  /** What is wrong and how to mend it; null while there is nothing to say. */
  problem?: string | null | undefined;
}

interface Written<Control extends EventTarget> extends Around {
  value: string;
  name?: string;
  isRequired?: boolean;
  longest?: number;
  placeholder?: string;
  written(text: string, event: TargetedInputEvent<Control>): void;
  left?: () => void;
}

export interface FieldProps extends Written<HTMLInputElement> {
  type?: "text" | "email" | "tel" | "password" | "search" | "url" | "number";
  autocomplete?: string;
}

export interface LongFieldProps extends Written<HTMLTextAreaElement> {
  rows?: number;
}

/** One line of writing. */
export function Field({ type = "text", autocomplete = "off", ...rest }: FieldProps) {
  const id = useId();
  return <Labelled id={id} {...rest}><input id={id} type={type as "text"} autocomplete={autocomplete} {...written(rest, id)} /></Labelled>;
}

/** Several lines. */
export function LongField({ rows = 4, ...rest }: LongFieldProps) {
  const id = useId();
  return <Labelled id={id} {...rest}><textarea id={id} rows={rows} {...written(rest, id)} /></Labelled>;
}

export interface SelectFieldProps extends Around {
  name?: string;
  options: readonly { value: string; label: string }[];
  chosen: string;
  choose(value: string): void;
}

export function SelectField({ options, chosen, choose, name, ...rest }: SelectFieldProps) {
  const id = useId();
  return (
    <Labelled id={id} {...rest}>
      <select id={id} name={name} value={chosen} onChange={(event) => choose(event.currentTarget.value)} {...marks(rest, id)}>
        {options.map((option) => <option key={option.value} value={option.value} selected={option.value === chosen}>{option.label}</option>)}
      </select>
    </Labelled>
  );
}

function Labelled({ id, label, hint, problem, children }: Around & { id: string; children: ComponentChildren }) {
  return (
    <div class={problem ? "field wrong" : "field"}>
      <label class="label" for={id}>{label}</label>
      {children}
      <div role="status">{problem && <p class="problem" id={`${id}-said`}><Icon name="warn" />{problem}</p>}</div>
      {!problem && hint && <p class="hint" id={`${id}-said`}>{hint}</p>}
    </div>
  );
}

function written<Control extends EventTarget & { value: string }>(field: Written<Control>, id: string) {
  const { value, name, isRequired, longest, placeholder, left } = field;
  return {
    value, name, placeholder, required: isRequired, maxLength: longest, onBlur: left,
    dir: value === "" ? undefined : ("auto" as const), // empty, auto would put the cursor to the left in Arabic
    onInput: (event: TargetedInputEvent<Control>) => field.written(event.currentTarget.value, event), ...marks(field, id),
  };
}

function marks({ problem, hint }: Around, id: string) {
  return { "aria-invalid": Boolean(problem), "aria-describedby": problem || hint ? `${id}-said` : undefined };
}

export interface TickBoxProps {
  isTicked: boolean;
  tick(isTicked: boolean): void;
  name?: string;
  isWrong?: boolean;
  children: ComponentChildren;
}

/** Consent starts empty. */
export function TickBox({ isTicked, tick, name, isWrong = false, children }: TickBoxProps) {
  return (
    <label class={isWrong ? "tick-box wrong" : "tick-box"}>
      <input type="checkbox" name={name} checked={isTicked} aria-invalid={isWrong} onChange={(event) => tick(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}
