import type { ComponentChildren, ComponentProps } from "preact";
import { Icon, type IconName } from "../icon";

export interface ButtonProps extends Omit<ComponentProps<"button">, "icon"> {
  /** `primary`: the one act of the view. `plain` and `quiet`: beside it. `danger`: ends or deletes. */
  look?: "primary" | "plain" | "quiet" | "danger";
  icon?: IconName;
  /** Under way: it says so, and a second press does nothing. */
  isBusy?: boolean;
  isWide?: boolean;
  /** The key that does the same, as people read it. */
  shortcut?: string | undefined;
  children: ComponentChildren;
}

export function Button({ look, icon, isBusy, isWide, shortcut, children, onClick, ...rest }: ButtonProps) {
  const name = ["btn", look, isWide && "wide"].filter(Boolean).join(" ");
  return (
    <button type="button" class={name} aria-busy={isBusy ?? undefined} {...rest} {...(onClick && !isBusy ? { onClick } : {})}>
      {icon && <Icon name={icon} />}{children}{shortcut && <kbd aria-hidden="true">{shortcut}</kbd>}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<"button">, "icon" | "label" | "children"> {
  icon: IconName;
  /** What it does: read out, and shown when the pointer rests on it. */
  label: string;
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return <button type="button" class="icon-btn" aria-label={label} title={label} {...rest}><Icon name={icon} /></button>;
}
