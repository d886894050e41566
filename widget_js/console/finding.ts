/** A thing that can be done from the palette. */
export interface Entry {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly more: string;
  /** The keys that do the same, as a person presses them. */
  readonly keys: readonly string[];
  act(): void;
}

/** Every typed word begins a word of the label, or stands in what is beside it. Labels that begin with it all come first. */
export function found(entries: readonly Entry[], typed: string): Entry[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  const hits = entries.filter((entry) => wanted.every((word) => holds(entry, word)));
  const first = (entry: Entry) => Number(!plain(entry.label).startsWith(wanted.join(" ")));
  return wanted.length === 0 ? hits : inGroups(hits.sort((one, other) => first(one) - first(other)));
}

/** A group stays together, at the place of its best entry. */
function inGroups(entries: readonly Entry[]): Entry[] {
  const groups = [...new Set(entries.map(({ group }) => group))];
  return groups.flatMap((group) => entries.filter((entry) => entry.group === group));
}

function holds({ label, more }: Entry, word: string): boolean {
  return plain(label).split(/[\s,’']+/).some((part) => part.startsWith(word)) || plain(more).includes(word);
}

/** Without case and accents. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
