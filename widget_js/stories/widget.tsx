import "../customer/customer.css";
import "../customer/later.css";
import "../shared/ui/tabs.css";
import "../shared/ui/tag.css";
import "../shared/ui/tick_box.css";
import "../shared/ui/toast.css";
import { FILE_WORDS } from "../shared/files/words";
import { freshCid } from "../shared/cid";
import { aLog, answered, DAYS, ended, hidden, longTalk, passedOn, QUESTION, RICH, TALK, unsent, vera } from "./cast";
import { AFTER } from "./after";
import { PARTS } from "./components";
import { FILES, ODD_FILES, UPLOADS, withFiles } from "./files";
import { show, type Stories } from "./story";
import { GONE, inChat, refused, type Scene, widget } from "./widget_states";

const asked = ({ drafts }: Scene) => {
  drafts.of("name").value = "Vera Lindqvist";
  drafts.of("question").value = QUESTION;
};

const FORM: Stories = {
  form: () => widget(() => undefined),
  "form-written": () => widget(asked),
  "form-wrong": { draw: () => widget(() => undefined), then: (app) => app.querySelector("form")!.requestSubmit() },
  "form-looking": () => widget(({ visit }) => (visit.room.value = null)),
  "form-nobody": () => widget(({ visit }) => (visit.room.value = GONE)),
  "form-kept": () => widget((scene) => { asked(scene); scene.visit.room.value = GONE; refused("nobody_online", scene); }),
  "form-back": () => widget((scene) => { asked(scene); refused("nobody_online", scene); }),
  "form-refused": () => widget((scene) => { asked(scene); refused("too_long", scene); }),
  "form-offline": () => widget((scene) => { asked(scene); scene.visit.link.value = "lost"; }),
  "form-sending": () => widget((scene) => { asked(scene); scene.visit.asking.value = true; }),
  "form-sending-offline": () => widget((scene) => {
    asked(scene);
    scene.visit.link.value = "lost";
    scene.visit.items.value = [{ cid: freshCid(), at: Date.now(), failed: null, command: { t: "open", cid: freshCid(), name: "Vera", question: QUESTION, page: null, page_title: null, referrer: null } }];
  }),
  "form-cut-off": () => widget((scene) => { asked(scene); scene.visit.isCutOff.value = true; }),
};

const WAITING: Stories = {
  waiting: () => inChat(aLog([vera(QUESTION)])),
  "waiting-nobody": () => inChat(aLog([vera(QUESTION)]), ({ visit }) => (visit.room.value = GONE)),
  "waiting-offline": () => inChat(aLog([vera(QUESTION)]), ({ visit }) => (visit.link.value = "lost")),
  "waiting-long": () => inChat(aLog([vera(`${QUESTION} `.repeat(20))])),
};

const CHAT: Stories = {
  "chat-opening": () => inChat({ ...aLog(TALK), known: 900 }),
  chat: () => inChat(aLog(TALK)),
  "chat-ticks": () => inChat(aLog([...TALK, vera("Thank you!", 1), vera("See you then!", 0)], { read: TALK.length, delivered: TALK.length + 1 })),
  "chat-days-unread": () => inChat(aLog(DAYS, { own: 6 })),
  "chat-links-emoji": () => inChat(aLog(RICH)),
  "chat-files": () => inChat(aLog(FILES), ({ files }) => withFiles(files)),
  "chat-files-odd": () => inChat(aLog(ODD_FILES), ({ files }) => withFiles(files)),
  "chat-files-going-up": () => inChat(aLog(TALK), ({ files }) => { files.items.value = UPLOADS; }),
  "chat-files-attached": () => inChat(aLog(TALK), ({ files }) => { files.of(CHAT_KEY).staging.files.value = UPLOADS; }),
  "chat-recording": () => inChat(aLog(TALK), ({ files }) => { files.of(CHAT_KEY).staging.recorder.state.value = { is: "on", since: Date.now() - 7_000 }; }),
  "chat-microphone-blocked": () => inChat(aLog(TALK), ({ files }) => { files.of(CHAT_KEY).staging.recorder.state.value = { is: "problem", why: () => FILE_WORDS.micDenied }; }),
  "chat-picture": { draw: () => inChat(aLog(FILES), ({ files }) => withFiles(files)), then: (app) => app.querySelector<HTMLElement>(".photo")!.click() },
  "chat-unsent": () => inChat(aLog(TALK), ({ visit }) => { visit.link.value = "lost"; visit.items.value = [unsent("Do you also have the low-step version in M?", 1), unsent("And could I try it on Thursday?", 2)]; }),
  "chat-failed": () => inChat(aLog(TALK), ({ visit }) => (visit.items.value = [unsent("And could I try it on Thursday?", 1, "too_many")])),
  "chat-too-long": () => inChat(aLog(TALK), ({ drafts }) => (drafts.of(CHAT_KEY).value = "Long. ".repeat(1_400))),
  "chat-draft": () => inChat(aLog(TALK), ({ drafts }) => (drafts.of(CHAT_KEY).value = "Several lines\nthat I am\nwriting")),
  "chat-closed": () => inChat(aLog(TALK), ({ visit }) => (visit.link.value = "closed")),
  "chat-emoji": { draw: () => inChat(aLog(TALK)), then: (app) => app.querySelector<HTMLElement>(".composer .tool button")!.click() },
  "chat-scrolled-up": { draw: () => inChat(aLog(longTalk(200))), then: (app) => app.querySelector(".thread")!.scrollTo({ top: -900 }) },
  "chat-10000": () => inChat(aLog(longTalk(10_000))),
  "chat-typing": () => inChat(aLog(TALK), ({ visit }) => (visit.typing.seen.value = new Map([[CHAT_KEY, "…"]]))),
  "chat-passed-on": () => inChat(aLog([...TALK, hidden(), passedOn("GENERAL", "Cara")])),
  "chat-ringing-again": () => inChat(aLog([...TALK, hidden(), passedOn("Workshop", null)])),
  "ended-by-agent": () => inChat(aLog([...TALK, ended()])),
  "ended-by-visitor": () => inChat(aLog([vera(QUESTION, 5), answered(), ended("visitor")])),
};

const SHUT: Stories = {
  "shut-gone": () => widget((scene) => { asked(scene); scene.visit.shut.value = "gone"; }),
  "shut-forbidden": () => widget((scene) => { asked(scene); scene.visit.shut.value = "forbidden"; }),
};

const CHAT_KEY = "0190a0b0-0000-7000-8000-000000000001";

show("widget", { ...FORM, ...WAITING, ...CHAT, ...AFTER, ...SHUT, ...PARTS });
