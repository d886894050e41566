import type { Desk } from "./desk";

/** The chat on screen stands in the address: a reload and the Back key keep their meaning. */
export function followAddress(desk: Desk): void {
  const read = () => desk.select(location.hash.slice(1) || null);
  addEventListener("hashchange", read);
  desk.selected.subscribe(() => {
    if (desk.selected.value !== (location.hash.slice(1) || null)) location.hash = desk.selected.value ?? "";
  });
  read();
}
