import { has, t, words } from "./language";
import type { Tick } from "./marker";

/** What thread and composer say in both apps: messages of the group `shared` in languages/*.json. */
export const SHARED_WORDS = words(["shared"], {
  tick: (tick: Tick) => t(`tick_${tick}`),
  newCount: (count: number) => t("newCount", { count }),
  says: (name: string, text: string) => `${name}: ${text}`,
  tooLong: (over: number) => t("tooLong", { count: over }),
  /** What a code of the server means for the person. */
  refused: (code: string) => {
    const key = `refused_${code}`;
    return has(key) ? t(key) : t("refused_other");
  },
});
