import type english from "../../languages/en.json";
import { type Catalogue, Grammar, type Values } from "./message";
import { Observable } from "./observable";

type Groups = typeof english;
/** The groups of a catalogue that browsers get. */
type Spoken = Groups["shared"] & Groups["customer"];
export type Key = keyof Spoken;

/** What the people on this page read, as a BCP 47 tag; views that keep what they drew observe it. */
export const language = new Observable("");

let catalogue: Catalogue;
let grammar: Grammar;
/** For times and numbers: the visitor's region, where their browser names one of this language. */
let region: string;

/** From now on all words are of this catalogue. */
export function speak(next: Catalogue, locale = regionOf(next.language)): void {
  catalogue = next;
  region = locale;
  grammar = new Grammar(next.language, next.direction, locale);
  language.value = next.language;
}

/** The message in the reader's language. */
export function t(key: Key, values: Values = {}): string {
  const message = catalogue.messages[key];
  if (message === undefined) throw new Error(`no message ${key} in ${catalogue.language}`);
  return grammar.filled(message, values);
}

/** So that its direction does not turn what stands around it. */
export function apart(text: string): string {
  return grammar.apart(text);
}

export function has(key: string): key is Key {
  return Object.hasOwn(catalogue.messages, key);
}

/** Writes times and days as the reader's region does; Arabic with the digits of the mockups, which are also the keyboard's. */
export function dated(options: Intl.DateTimeFormatOptions): (at: number) => string {
  let format: Intl.DateTimeFormat;
  let of: string;
  return (at) => {
    if (of !== region) format = new Intl.DateTimeFormat(region, { ...options, numberingSystem: "latn" });
    of = region;
    return format.format(at);
  };
}

/** Today and yesterday as the language calls them. */
export function nearDay(days: number): string {
  return new Intl.RelativeTimeFormat(region, { numeric: "auto" }).format(days, "day");
}

type Group = "shared" | "customer";
type PlainKey<G extends Group> = G extends Group ? { [K in keyof Groups[G]]: Groups[G][K] extends string ? K : never }[keyof Groups[G]] : never;
type Plain<G extends Group> = { readonly [K in PlainKey<G>]: string };

/** The words of these groups: plain messages by their key, and the given functions for those with placeholders. */
export function words<F extends object, G extends Group>(_groups: readonly G[], functions: F): F & Omit<Plain<G>, keyof F> {
  return new Proxy(functions, { get: (own, key) => Reflect.get(own, key) ?? t(key as Key) }) as F & Omit<Plain<G>, keyof F>;
}

function regionOf(spoken: string): string {
  const wanted = new Intl.Locale(spoken).maximize();
  const named = globalThis.navigator?.languages ?? [];
  return named.find((tag) => isSpoken(tag, wanted)) ?? spoken;
}

function isSpoken(tag: string, wanted: Intl.Locale): boolean {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return language === wanted.language && script === wanted.script;
  } catch {
    return false; // a browser may name anything
  }
}
