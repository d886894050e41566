/** A text that an agent inserts by its shortcut, with its placeholders as they were written. */
export interface CannedText {
  readonly shortcut: string;
  readonly text: string;
}

/** What placeholders stand for in one chat; the server refuses others when a text is kept. */
export interface Facts {
  readonly customer: string;
  readonly agent: string;
  readonly room: string;
  readonly business: string;
}

/** `/` and what is typed after it, up to the cursor. */
export interface Slash {
  readonly start: number;
  readonly end: number;
  readonly typed: string;
}

/** Only at the start of a word: addresses and dates have slashes, too. */
export function slashAt(text: string, cursor: number): Slash | null {
  const found = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, cursor));
  if (found === null) return null;
  const typed = found[1] ?? "";
  return { start: cursor - typed.length - 1, end: cursor, typed: typed.toLowerCase() };
}

/** Shortcuts that begin so, then shortcuts and texts that hold it. */
export function matching(texts: readonly CannedText[], typed: string): CannedText[] {
  const begin = texts.filter(({ shortcut }) => shortcut.startsWith(typed));
  const hold = texts.filter(({ shortcut, text }) => !shortcut.startsWith(typed) && (shortcut.includes(typed) || text.toLowerCase().includes(typed)));
  return [...begin, ...hold];
}

/** What a person wrote is put in as it is: a name that looks like a placeholder stays a name. */
export function filled(text: string, facts: Facts): string {
  return text.replace(/\{(customer|agent|room|business)\}/g, (_, name: keyof Facts) => facts[name]);
}

/** The whole text with the slash replaced, and where the cursor goes. */
export function inserted(text: string, slash: Slash, by: string): { text: string; cursor: number } {
  return { text: text.slice(0, slash.start) + by + text.slice(slash.end), cursor: slash.start + by.length };
}
