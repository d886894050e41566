/** One message of a catalogue: a text with {placeholders}, or its plural forms, chosen by the placeholder `count`. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Value = string | number | readonly string[];
export type Values = Readonly<Record<string, Value>>;

export type Direction = "ltr" | "rtl";

/** What one language says: the chunk that a page loads. */
export interface Catalogue {
  language: string;
  direction: Direction;
  messages: Readonly<Record<string, Message>>;
}

/** How a language counts, lists and isolates what people are called. `locale`: its region's numbers and times. */
export class Grammar {
  private readonly plural: Intl.PluralRules;
  private readonly number: Intl.NumberFormat;
  private readonly list: Intl.ListFormat;

  constructor(language: string, private readonly direction: Direction, locale: string) {
    this.plural = new Intl.PluralRules(language);
    this.number = new Intl.NumberFormat(locale, { numberingSystem: "latn" });
    this.list = new Intl.ListFormat(locale, { type: "conjunction" });
  }

  filled(message: Message, values: Values): string {
    return this.form(message, values.count).replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = values[name];
      return value === undefined ? hole : this.written(value);
    });
  }

  private form(message: Message, count: Value | undefined): string {
    if (typeof message === "string") return message;
    return message[this.plural.select(typeof count === "number" ? count : 0)] ?? message.other ?? "";
  }

  private written(value: Value): string {
    if (typeof value === "number") return this.number.format(value);
    return typeof value === "string" ? this.apart(value) : this.list.format(value.map((one) => this.apart(one)));
  }

  /** A name of the other direction must not turn the words around it (Unicode's isolates, UAX #9). */
  apart(value: string): string {
    const turns = this.direction === "rtl" || RIGHT_TO_LEFT.test(value);
    return turns ? `\u2068${value}\u2069` : value;
  }
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200f\u202b\u202e\u2067]/u;
