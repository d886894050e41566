/** Every action of the console with its key: the one table that keys, palette and sheet share. Their words are in words.ts. */
export type ActionId =
  | "palette" | "answer" | "next" | "previous" | "write" | "canned" | "note" | "customer" | "tag" | "transfer" | "end"
  | "state" | "mute" | "notify" | "inbox" | "rooms" | "texts" | "plan" | "account" | "keys" | "signOut";

export type ActionGroup = "chat" | "inbox" | "you" | "go";

/** alt: with Alt, by the key's place. command: with Ctrl, on a Mac with Cmd. typed: the letter itself, when nobody is writing. */
export interface Key {
  readonly held: "alt" | "command" | "typed";
  readonly code: string;
  readonly shown: string;
}

export interface Action {
  readonly id: ActionId;
  readonly group: ActionGroup;
  readonly key: Key | null;
}

const alt = (shown: string, code = `Key${shown}`): Key => ({ held: "alt", code, shown });

/** In the order in which the sheet lists them. */
export const ACTIONS: readonly Action[] = [
  { id: "palette", group: "inbox", key: { held: "command", code: "KeyK", shown: "K" } },
  { id: "answer", group: "inbox", key: alt("A") },
  { id: "next", group: "inbox", key: alt("↓", "ArrowDown") },
  { id: "previous", group: "inbox", key: alt("↑", "ArrowUp") },
  { id: "inbox", group: "inbox", key: alt("I") },
  { id: "write", group: "chat", key: alt("W") },
  { id: "canned", group: "chat", key: alt("Q") },
  { id: "note", group: "chat", key: alt("N") },
  { id: "customer", group: "chat", key: alt("C") },
  { id: "tag", group: "chat", key: alt("G") },
  { id: "transfer", group: "chat", key: alt("T") },
  { id: "end", group: "chat", key: alt("E") },
  { id: "state", group: "you", key: alt("O") },
  { id: "mute", group: "you", key: alt("M") },
  { id: "notify", group: "you", key: null },
  { id: "keys", group: "you", key: { held: "typed", code: "?", shown: "?" } },
  { id: "rooms", group: "go", key: null },
  { id: "texts", group: "go", key: null },
  { id: "plan", group: "go", key: null },
  { id: "account", group: "go", key: null },
  { id: "signOut", group: "go", key: null },
];

/** What can be done right now; what is not in it is not possible. */
export type Deeds = Partial<Record<ActionId, () => void>>;

/** The keys as a person presses them: ["Alt", "A"]. */
export function pressed(key: Key, isMac: boolean): string[] {
  if (key.held === "typed") return [key.shown];
  if (key.held === "alt") return [isMac ? "⌥" : "Alt", key.shown];
  return [isMac ? "⌘" : "Ctrl", key.shown];
}

/** As it stands on a button, for this machine. */
export function shownKey(id: ActionId): string {
  const key = ACTIONS.find((action) => action.id === id)?.key;
  return key ? pressed(key, isMac()).join(" ") : "";
}

export function isMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.platform);
}
