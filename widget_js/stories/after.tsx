import type { PastChat } from "../shared/protocol";
import { aLog, CHAT, ended, QUESTION, TALK } from "./cast";
import type { Stories } from "./story";
import { inChat, widget } from "./widget_states";

const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
const OVER = aLog([...TALK, ended()]);
const past = (rating: PastChat["rating"] = null): PastChat => ({
  chat: CHAT, room: "GENERAL", status: "closed", opened_at: at(30), since: at(8), question: QUESTION, agent_name: "Ben", rating,
});
const KIND = { stars: 4, comment: "Knew his sizes. Would have liked to see the bike on video right away.", at: at(1) };
const EARLIER: PastChat[] = [
  { ...past(KIND), chat: "1", opened_at: at(3_000) },
  { ...past(), chat: "2", opened_at: at(9_000), agent_name: null, question: "هل لديكم دراجات أطفال؟ ".repeat(6) },
  { ...past({ ...KIND, stars: 5, comment: null }), chat: "3", opened_at: at(90_000), agent_name: "Cara" },
];

/** What is beside the chat, and after it. */
export const AFTER: Stories = {
  "after-rated": () => inChat(OVER, ({ visit }) => (visit.past.value = [past({ ...KIND, comment: null })])),
  "after-worded": () => inChat(OVER, ({ visit }) => (visit.past.value = [past(KIND)])),
  "after-too-late": () => inChat(OVER, ({ after }) => (after.rating.value = { is: "failed", code: "closed" })),
  "after-offline": () => inChat(OVER, ({ after, visit }) => { visit.link.value = "lost"; after.rate(CHAT, 4, ""); after.mailTo(CHAT, "vera@holm.example"); }),
  "after-mail": () => inChat(OVER, ({ places }) => places.enter("mail")),
  "after-mail-refused": () => inChat(OVER, ({ after, drafts, places }) => { places.enter("mail"); drafts.of("address").value = "vera@holm.example"; after.mail.value = { is: "failed", code: "too_many" }; }),
  "after-mailed": () => inChat(OVER, ({ after }) => (after.mail.value = { is: "done", done: "vera@holm.example" })),
  "after-menu": { draw: () => inChat(aLog(TALK)), then: (app) => app.querySelector<HTMLElement>(".bar [aria-haspopup]")!.click() },
  "forget-asks": () => inChat(OVER, ({ places }) => places.enter("forget")),
  "forget-offline": () => widget(({ visit }) => { visit.link.value = "lost"; visit.forgetting.value = "asked"; }),
  "forget-done": () => widget(({ visit }) => (visit.forgetting.value = "done")),
  earlier: () => widget(({ places, visit }) => { visit.past.value = EARLIER; places.enter("earlier"); }),
  "earlier-opening": () => widget(({ places }) => places.enter("earlier")),
  "earlier-none": () => widget(({ places, visit }) => { visit.past.value = []; places.enter("earlier"); }),
  "earlier-read": () => widget(({ places, visit }) => {
    visit.past.value = [past(KIND)];
    visit.conversations.logs.value = new Map([[CHAT, OVER]]);
    places.enter(`past ${CHAT}`);
  }),
};
