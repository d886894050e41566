import { t, words as spoken } from "../shared/language";
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
});
