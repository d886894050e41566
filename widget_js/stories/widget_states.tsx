import type { Afterwards } from "../customer/afterwards";
import { App } from "../customer/app";
import type { Boot } from "../customer/boot";
import { type Host, NOBODY } from "../customer/host";
import { Keepsake } from "../customer/keepsake";
import { equip } from "../customer/later";
import * as parts from "../customer/parts";
import { Places } from "../customer/places";
import { Visit } from "../customer/visit";
import { Chime } from "../shared/chime";
import { Drafts } from "../shared/drafts";
import type { Files } from "../shared/files/files";
import { Observable } from "../shared/observable";
import type { Status } from "../shared/protocol";
import { safely } from "../shared/safe_storage";
import { after, lastSeq, type Log } from "../shared/log";
import { freshCid } from "../shared/cid";
import { CHAT } from "./cast";

const BOOT: Boot = { room: { token: "room", name: "GENERAL" }, business: "Acme Bikes", socket: "/nowhere", frame: false, words: "", later: "" };
/** A history without entries: the story stands where it stands. */
const nobodys = { state: null, pushState: () => undefined, go: () => undefined };
const nowhere = () => safely(() => { throw new Error("nothing is kept"); });

export interface Scene {
  visit: Visit;
  drafts: Drafts;
  after: Afterwards;
  files: Files;
  places: Places;
}

export const HERE: Status = { t: "status", online: true, agents: ["Ben", "Cara"] };
export const GONE: Status = { t: "status", online: false, agents: [] };

/** The whole app in a state that `set` makes. It never connects: nobody has opened its panel. */
export function widget(set: (scene: Scene) => void, boot: Partial<Boot> = {}) {
  const closed: Host = { ...NOBODY, shown: new Observable(false) };
  const drafts = new Drafts(nowhere());
  const ours = { ...BOOT, ...boot };
  const visit = new Visit(ours, closed, new Keepsake("room", nowhere(), closed), drafts);
  const { after } = equip(visit, parts);
  const places = new Places(nobodys, new EventTarget());
  visit.link.value = "live";
  visit.room.value = HERE;
  set({ visit, drafts, after, files: visit.files.value!, places });
  return <App boot={ours} host={{ ...NOBODY, isThere: innerWidth <= 480 }} isWindow={false} {...{ visit, drafts, places, chime: new Chime(nowhere()) }} />;
}

/** In a chat with this log. */
export function inChat(log: Log, more: (scene: Scene) => void = () => undefined) {
  return widget((scene) => {
    scene.visit.conversations.logs.value = new Map([[CHAT, log]]);
    scene.visit.chat.value = CHAT;
    hearing(scene.visit);
    more(scene);
  });
}

/** The event `story:says` on the window is Ben writing its detail. */
function hearing({ conversations }: Visit): void {
  addEventListener("story:says", (event) => {
    const log = conversations.logs.value.get(CHAT)!;
    const body = { kind: "text" as const, text: String((event as CustomEvent).detail) };
    const entry = { seq: lastSeq(log) + 1, from: "agent" as const, name: "Ben", at: new Date().toISOString(), cid: freshCid(), body };
    conversations.logs.value = new Map([[CHAT, after(log, { t: "message", chat: CHAT, entry })]]);
  });
}

export function refused(code: string, scene: Scene): void {
  scene.visit.refusal.value = { t: "refused", command: "open", code: code as never, message: "", cid: null, chat: null, retry_ms: null };
}
