import { expect, test } from "vitest";
import ar from "../../languages/ar.json";
import en from "../../languages/en.json";
import fr from "../../languages/fr.json";
import zh from "../../languages/zh-Hans.json";
import { words } from "../customer/words";
import { dated, language, speak } from "./language";
import { type Catalogue, Grammar } from "./message";

function catalogue(of: typeof en | typeof ar | typeof fr | typeof zh): Catalogue {
  return { language: of.language, direction: of.direction as Catalogue["direction"], messages: { ...of.shared, ...of.customer } };
}

const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "");

test("all words turn with the language, at once and without a reload", () => {
  speak(catalogue(en), "en-GB");
  expect([words.send, words.here(["Ben"]), words.here([]), words.tick("read")]).toEqual(["Send", "Ben is here.", "Somebody is here.", "Read"]);
  speak(catalogue(fr), "fr");
  expect([words.send, words.here(["Ben", "Cara"]), words.tick("read")]).toEqual(["Envoyer", "Ben et Cara sont là.", "Lu"]);
  expect(language.value).toBe("fr");
});

test("names are listed as the language lists them", () => {
  const names = ["Alice", "Ben", "Cara"];
  const lists = [[en, "en-GB"], [fr, "fr"], [zh, "zh-Hans"], [ar, "ar"]] as const;
  const said = lists.map(([of, locale]) => {
    speak(catalogue(of), locale);
    return plain(words.here(names));
  });
  expect(said).toEqual(["Alice, Ben and Cara are here.", "Alice, Ben et Cara sont là.", "Alice、Ben和Cara在线。", "Alice وBen وCara هنا الآن."]);
});

test("Arabic counts in five ways for numbers that are not nothing", () => {
  speak(catalogue(ar), "ar");
  const forms = [1, 2, 3, 11, 100].map((over) => words.tooLong(over).split(".")[0]);
  expect(forms).toEqual([
    "النص أطول من المسموح بحرف واحد", "النص أطول من المسموح بحرفين", "النص أطول من المسموح بـ 3 أحرف",
    "النص أطول من المسموح بـ 11 حرفًا", "النص أطول من المسموح بـ 100 حرف",
  ]);
});

test("a name of the other direction is set apart, so that it does not turn the words around it", () => {
  speak(catalogue(ar), "ar");
  expect(words.writeTo("Ben")).toBe("اكتب إلى \u2068Ben\u2069");
  speak(catalogue(en), "en");
  expect(words.writeTo("بن")).toBe("Write to \u2068بن\u2069");
  expect(words.writeTo("Ben")).toBe("Write to Ben");
});

test("times are written as the reader's region writes them, and turn with the language", () => {
  const hour = dated({ hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  const at = Date.UTC(2026, 10, 22, 22, 5);
  const said = [[en, "en-US"], [en, "en-GB"], [fr, "fr"], [ar, "ar-EG"]] as const;
  const hours = said.map(([of, locale]) => {
    speak(catalogue(of), locale);
    return hour(at).replace(/\s/g, " ");
  });
  expect(hours).toEqual(["10:05 PM", "22:05", "22:05", "10:05 م"]);
});

test("the region is the first of the browser's that speaks the language, script included", () => {
  const asked: [Catalogue, string[], string][] = [
    [catalogue(en), ["de-DE", "en-GB", "en-US"], "22:05"],
    [catalogue(en), ["de-DE"], "10:05 PM"],
    [catalogue(zh), ["zh-TW", "not a tag"], "22:05"],
  ];
  const hour = dated({ hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  for (const [spoken, languages, written] of asked) {
    Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
    speak(spoken);
    expect(hour(Date.UTC(2026, 10, 22, 22, 5)).replace(/\s/g, " ")).toBe(written);
  }
});

test("a code means something to the person, also one that this page does not know yet", () => {
  speak(catalogue(en), "en");
  expect(words.refused("closed")).toBe(en.shared.refused_closed);
  expect(words.refused("of_tomorrow")).toBe(en.shared.refused_other);
});

test("what is filled in is not read as a message", () => {
  const grammar = new Grammar("en", "ltr", "en");
  expect(grammar.filled("{name} answered {name}", { name: "{name} $& $1" })).toBe("{name} $& $1 answered {name} $& $1");
});
