import { t, words as spoken } from "../shared/language";
import { type Code, MOST_STARS } from "../shared/protocol";
import { SHARED_WORDS } from "../shared/words";

/** All that the customer's side says to people: messages of languages/*.json, functions where something is filled in. */
export const words = spoken(["shared", "customer"], {
  ...SHARED_WORDS,
  here: (names: readonly string[]) => (names.length === 0 ? t("somebodyHere") : t("here", { names, count: names.length })),
  longerThan: (limit: number) => t("longerThan", { count: limit }),
  backTitle: (names: readonly string[]) => (names.length === 0 ? t("somebodyBack") : t("backTitle", { names, count: names.length })),
  ringing: (room: string) => t("ringing", { room }),
  hearIt: (names: readonly string[]) => (names.length === 0 ? t("teamHears") : t("hearIt", { names, count: names.length })),
  answered: (name: string) => t("answered", { name }),
  ended: (name: string) => t("ended", { name }),
  isTyping: (name: string) => t("isTyping", { name }),
  transferred: (name: string, to: string) => t("transferred", { name, to }),
  ringsAgain: (room: string) => t("ringsAgain", { room }),
  writeTo: (name: string) => t("writeTo", { name }),
  chatWith: (name: string) => t("chatWith", { name }),
  endedAt: (time: string, count: number) => t("endedAt", { time, count }),
  howWas: (name: string) => t("howWas", { name }),
  pressRates: (name: string) => t("pressRates", { name }),
  starsOf: (stars: number) => t("starsOf", { stars, most: MOST_STARS }),
  rated: (stars: number) => t("rated", { stars, most: MOST_STARS }),
  aWord: (name: string) => t("aWord", { name }),
  wordSent: (name: string) => t("wordSent", { name }),
  /** The code closed means here that there is a newer chat. */
  notRated: (code: Code) => (code === "closed" ? t("ratedTooLate") : SHARED_WORDS.refused(code)),
  mailSent: (address: string) => t("mailSent", { address }),
  goesNowWhat: (business: string) => t("goesNowWhat", { business }),
  staysWhat: (business: string) => t("staysWhat", { business }),
  forgettingLater: (business: string) => t("forgettingLater", { business }),
  forgottenWhat: (business: string) => t("forgottenWhat", { business }),
});
