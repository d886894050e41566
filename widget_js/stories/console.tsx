import { App } from "../console/app";
import type { Backend } from "../console/backend";
import { Bell } from "../console/bell";
import { CannedTexts } from "../console/canned_list";
import { words } from "../console/words";
import { Desk } from "../console/desk";
import { Notifier } from "../console/notifier";
import type { Parts } from "../console/parts";
import { Surface } from "../console/surface";
import "../console/console.css";
import { Drafts } from "../shared/drafts";
import type { Log } from "../shared/log";
import type { AgentState, Card, Teammate } from "../shared/protocol";
import { safely } from "../shared/safe_storage";
import { A_BACKEND, A_BACKEND_WITHIN, A_LONELY_BACKEND, A_SILENT_BACKEND, AN_ODD_BACKEND } from "./backend";
import { aCard, aLog, CHAT, DAYS, ended, longTalk, note, passedOn, RICH, TALK, unsent, vera } from "./cast";
import { PARTS } from "./components";
import { FILES, ODD_FILES, UPLOADS, withFiles } from "./files";
import { show, type Stories } from "./story";

const [ALICE, BEN, CARA] = ["alice", "ben", "cara"] as const;
const MATES: readonly Teammate[] = [
  { agent: ALICE, name: "Alice", state: "online", used: 1, capacity: 4 }, { agent: BEN, name: "Ben", state: "in_chat", used: 4, capacity: 4 },
  { agent: "eva", name: "Eva", state: "online", used: 2, capacity: 4 }, { agent: CARA, name: "Cara", state: "away", used: 0, capacity: 4 }, { agent: "dan", name: "Dan", state: "offline", used: 0, capacity: 4 },
];
const ROOMS = [
  { room: "general", name: "GENERAL", agents: [ALICE, BEN, CARA, "dan", "eva"] }, { room: "workshop", name: "Workshop", agents: [BEN] }, { room: "rental", name: "Rental", agents: ["dan"] },
];
const MINE = aCard(CHAT, { status: "active", agent: ALICE, agent_name: "Alice", tags: ["fitting"] });
const RINGING: readonly Card[] = [
  aCard("r1", { name: "Vera Lindqvist", question: "The rear brake squeals since this morning. Can I come by today?" }),
  aCard("r2", { name: "Omar", question: "Do you rent cargo bikes?", since: new Date(Date.now() - 9_000).toISOString(), page: null, page_title: null }),
  aCard("r3", { name: "ليلى", question: "هل المقاس M متوفر؟", room: "Sales" }),
];
const REST: readonly Card[] = [
  aCard("o1", { status: "active", agent: BEN, agent_name: "Ben", name: "Grace" }), aCard("e1", { status: "closed", agent: ALICE, agent_name: "Alice", name: "Ivo", question: "Thanks!" }),
];

interface Scene {
  cards?: readonly Card[];
  me?: AgentState;
  log?: Log;
  picked?: string;
  set?(desk: Desk, parts: Parts): void;
  backend?: Backend;
}

/** Alice's whole console. It never connects. */
function console({ cards = [], me = "online", log, picked, set, backend = A_BACKEND }: Scene) {
  const desk = new Desk({ tenant: { slug: "acme", name: "Acme Bikes" }, you: { agent: ALICE, name: "Alice", email: "alice@acme.example" }, socket: "/nowhere", csrf: "" });
  desk.link.value = "live";
  desk.inbox.value = { epoch: "e", offset: 0, isStale: false, cards, rooms: ROOMS, team: MATES.map((mate) => (mate.agent === ALICE ? { ...mate, state: me, used: cards.filter(({ agent, status }) => agent === ALICE && status === "active").length } : mate)) };
  if (log) desk.conversations.logs.value = new Map([[CHAT, log]]);
  desk.selected.value = picked ?? null;
  const nowhere = safely(() => { throw new Error("nothing is kept"); });
  const parts = { desk, backend, drafts: new Drafts(nowhere), texts: new CannedTexts(backend), surface: new Surface(), bell: new Bell(nowhere), notifier: new Notifier(nowhere) };
  set?.(desk, parts);
  return <App parts={parts} />;
}

function type(field: HTMLInputElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

const inChat = (log: Log, more: Partial<Scene> = {}) => console({ cards: [MINE, ...REST], log, picked: CHAT, ...more });

const STATES: Stories = {
  connecting: () => console({ set: (desk) => (desk.inbox.value = { ...desk.inbox.value, team: [] }) }),
  empty: () => console({}),
  "empty-offline": () => console({ me: "offline" }),
  "empty-full": () => console({ me: "in_chat", cards: [MINE, ...["Ada", "Hanna", "Youssef"].map((name) => ({ ...MINE, chat: name, name, tags: [] })), ...REST] }),
  "nothing-selected": () => console({ cards: [MINE, ...REST] }),
  ringing: () => console({ cards: RINGING.slice(0, 1) }),
  "ringing-several": () => console({ cards: [...RINGING, ...REST] }),
  answering: () => console({ cards: RINGING, set: (desk) => (desk.answering.value = new Set(["r1"])) }),
  chat: () => inChat(aLog(TALK)),
  "chat-opening": () => inChat({ ...aLog(TALK), known: 900 }),
  "chat-ringing": () => inChat(aLog(TALK), { cards: [MINE, ...RINGING, ...REST] }),
  "chat-files": () => inChat(aLog(FILES), { set: (desk) => withFiles(desk.files) }),
  "chat-files-odd": () => inChat(aLog(ODD_FILES), { set: (desk) => withFiles(desk.files) }),
  "chat-files-going-up": () => inChat(aLog(TALK), { set: (desk) => { desk.files.items.value = UPLOADS; } }),
  "chat-files-attached": () => inChat(aLog(TALK), { set: (desk) => { desk.files.of(CHAT).staging.files.value = UPLOADS; } }),
  "chat-recording": () => inChat(aLog(TALK), { set: (desk) => { desk.files.of(CHAT).staging.recorder.state.value = { is: "on", since: Date.now() - 7_000 }; } }),
  "chat-picture": { draw: () => inChat(aLog(FILES), { set: (desk) => withFiles(desk.files) }), then: (app) => app.querySelector<HTMLElement>(".photo")!.click() },
  "chat-days-unread": () => inChat(aLog(DAYS, { read: 5 })),
  "chat-links-emoji": () => inChat(aLog(RICH)),
  "chat-unsent": () => inChat(aLog(TALK), { set: (desk) => { desk.link.value = "lost"; desk.items.value = [unsent("The 56 is in Rotterdam, I can move it for you.", 1)]; } }),
  "chat-failed": () => inChat(aLog(TALK), { set: (desk) => (desk.items.value = [unsent("I can hold it.", 1, "closed")]) }),
  "chat-emoji": { draw: () => inChat(aLog(TALK)), then: (app) => app.querySelector<HTMLElement>(".composer .tool button")!.click() },
  "chat-10000": () => inChat(aLog(longTalk(10_000))),
  "chat-preview": () => inChat(aLog(TALK), { set: (desk) => (desk.typing.seen.value = new Map([[CHAT, "so would the 54 also fit if my partner, 1.80 m, wants to"]])) }),
  "chat-notes": () => inChat(aLog([...TALK, note("Bought lights in April. She prefers an upright position.", 1), passedOn("GENERAL", "Alice"), vera("Thank you!", 0)])),
  "chat-note-mode": { draw: () => inChat(aLog(TALK)), then: (app) => app.querySelector<HTMLElement>('.modes input[value="note"]')!.click() },
  "ringing-passed-on": () => console({ cards: [...RINGING.slice(0, 2), aCard("r4", { name: "Grace", transferred_by: "Ben", since: new Date().toISOString() })] }),
  transfer: () => inChat(aLog(TALK), { set: (desk) => (desk.transfers.open.value = CHAT) }),
  "transfer-undecided": { draw: () => inChat(aLog(TALK), { set: (desk) => (desk.transfers.open.value = CHAT) }), then: (app) => app.querySelector<HTMLElement>(".dialog footer .primary")!.click() },
  "chat-given": () => inChat(aLog(TALK), { set: (desk) => desk.toasts.say(CHAT, words.gaveYou("Ben", "Vera Lindqvist")) }),
  "chat-others": () => console({ cards: [MINE, ...REST], picked: "o1" }),
  "chat-ended": () => inChat(aLog([...TALK, ended("visitor")]), { cards: [{ ...MINE, status: "closed" }, ...REST] }),
  "chat-customer": () => inChat(aLog(TALK), { set: (_, { surface }) => (surface.panel.value = true) }),
  "chat-customer-new": () => inChat(aLog(TALK), { backend: A_LONELY_BACKEND, set: (_, { surface }) => (surface.panel.value = true) }),
  "chat-customer-failed": () => inChat(aLog(TALK), { backend: A_SILENT_BACKEND, set: (_, { surface }) => (surface.panel.value = true) }),
  "chat-customer-odd-page": () => inChat(aLog(TALK), { backend: AN_ODD_BACKEND, cards: [{ ...MINE, page: "javascript:alert(1)", page_title: `قميص بمقاس M <img src=x> ${"and a very long title ".repeat(8)}` }, ...REST], set: (_, { surface }) => (surface.panel.value = true) }),
  "chat-customer-untitled-page": () => inChat(aLog(TALK), { backend: A_BACKEND_WITHIN, cards: [{ ...MINE, page_title: null }, ...REST], set: (_, { surface }) => (surface.panel.value = true) }),
  "chat-customer-tags": () => inChat(aLog(TALK), { cards: [{ ...MINE, tags: ["fitting", "step-through", "a rather long tag that somebody typed", "مقاس"] }, ...REST], set: (_, { surface }) => (surface.panel.value = true) }),
  "chat-earlier": { draw: () => inChat(aLog(TALK), { set: (_, { surface }) => (surface.panel.value = true) }), then: (app) => app.querySelector<HTMLElement>(".earlier-list button")!.click() },
  "chat-end-asked": () => inChat(aLog(TALK), { set: (_, { surface }) => (surface.asked.value = { chat: CHAT, why: "unanswered" }) }),
  "chat-canned": () => inChat(aLog(TALK), { set: (_, { drafts }) => (drafts.of(CHAT).value = "Hello Vera. /") }),
  "chat-canned-none": () => inChat(aLog(TALK), { set: (_, { drafts }) => (drafts.of(CHAT).value = "/zzz") }),
  "list-drafts-tags": () => console({ cards: [{ ...MINE, tags: ["fitting", "returning"] }, ...REST], log: aLog(TALK), set: (_, { drafts }) => (drafts.of(CHAT).value = "The 54, and I would") }),
  palette: () => inChat(aLog(TALK), { cards: [MINE, ...RINGING, ...REST], set: (_, { surface }) => (surface.overlay.value = "palette") }),
  "palette-found": { draw: () => inChat(aLog(TALK), { set: (_, { surface }) => (surface.overlay.value = "palette") }), then: (app) => type(app.querySelector(".palette input")!, "ve") },
  "palette-nothing": { draw: () => inChat(aLog(TALK), { set: (_, { surface }) => (surface.overlay.value = "palette") }), then: (app) => type(app.querySelector(".palette input")!, "xylophone") },
  keys: () => inChat(aLog(TALK), { set: (_, { surface }) => (surface.overlay.value = "keys") }),
  "line-closed": () => inChat(aLog(TALK), { set: (desk) => (desk.link.value = "closed") }),
  toast: () => inChat(aLog(TALK), { set: (desk) => desk.toasts.say("r1", words.took("Ben", "Vera Lindqvist")) }),
};

show("console", { ...STATES, ...PARTS });
