import { socketUrl } from "../shared/boot";
import { freshCid } from "../shared/cid";
import { Conversations } from "../shared/conversations";
import type { Drafts } from "../shared/drafts";
import type { Files } from "../shared/files/files";
import type { Say } from "../shared/files/uploads";
import { LiveTyping } from "../shared/live_typing";
import { isSaid, type Log, phase } from "../shared/log";
import { Observable } from "../shared/observable";
import { Outbox } from "../shared/outbox";
import { type Item, openStore } from "../shared/outbox_store";
import { type Admit, CloseCode, type Event, LONGEST_PAGE, type PastChat, type Rate, type Recall, type Refused, RETRYABLE, type Status, type Transcribe, type UUID } from "../shared/protocol";
import { type Link, Socket } from "../shared/socket";
import type { Boot } from "./boot";
import type { Host } from "./host";
import type { Keepsake } from "./keepsake";
import { Leaving } from "./leaving";
import { salvage } from "./salvage";
import { fingerprint, inTurn, type Shut, visitorOf } from "./visitor_token";

/** A visitor's connection to one room: at most one chat, on any number of tabs. */
export class Visit {
  readonly link = new Observable<Link>("connecting");
  readonly room = new Observable<Status | null>(null);
  readonly chat = new Observable<UUID | null>(null);
  readonly items = new Observable<readonly Item[]>([]);
  /** Why the last question was not taken. */
  readonly refusal = new Observable<Refused | null>(null);
  /** The server did not know this visitor any more: the chat is lost, what did not arrive stands in the form. */
  readonly isCutOff = new Observable(false);
  /** Nobody can chat here. */
  readonly shut = new Observable<Shut | null>(null);
  readonly conversations: Conversations;
  readonly typing = new LiveTyping((command) => this.socket.send(command), "visitor");
  /** Pictures, files and voice notes, once their code is there. */
  readonly files = new Observable<Files | null>(null);
  /** A question is being taken: from pressing the button until it lies in the outbox. */
  readonly asking = new Observable(false);
  /** Everything of this visitor goes. asked: the server does not know it yet. */
  readonly forgetting = new Observable<"asked" | "done" | null>(null);
  /** Chats of this visitor, the newest first; null until somebody has looked. */
  readonly past = new Observable<readonly PastChat[] | null>(null);
  /** An earlier chat that is being read. */
  readonly reading = new Observable<UUID | null>(null);
  readonly heard = new Set<(event: Event) => void>();
  private name = "";
  private outbox: Outbox | null = null;
  private readonly socket: Socket;
  private readonly leaving: Leaving;
  private begun: Promise<void> | null = null;

  constructor(
    private readonly boot: Boot,
    private readonly host: Host,
    private readonly keepsake: Keepsake,
    private readonly drafts: Drafts,
  ) {
    // Before the socket's own: it closes the line then.
    addEventListener("pagehide", () => this.typing.leave());
    this.socket = new Socket({
      url: () => socketUrl(boot.socket),
      hello: () => ({ t: "hello", token: keepsake.token }),
      received: (event) => this.receive(event),
      changed: (link) => this.changed(link),
      refused: (code) => this.turnedAway(code),
    });
    this.conversations = new Conversations((command) => this.socket.send(command), () => this.outbox, {
      side: "visitor",
      name: () => this.name,
      sees: (chat) => chat === (this.reading.value ?? this.chat.value) && host.shown.value && document.visibilityState === "visible",
      isParty: () => true,
    });
    this.leaving = new Leaving((chat) => this.outbox?.afterLastWord(chat, () => this.socket.send({ t: "end", chat })), (chat) => this.isOver(chat));
    if (keepsake.forgets) this.forgetting.value = "asked";
    if (keepsake.chat !== null) this.show(keepsake.chat);
    if (keepsake.token !== null || host.shown.value) void this.begin();
    host.shown.subscribe(() => void this.begin());
  }

  async ask(name: string, question: string): Promise<void> {
    if (this.asking.value) return;
    this.asking.value = true;
    this.refusal.value = null;
    this.forgetting.value = null;
    this.isCutOff.value = false;
    this.name = name;
    await this.begin();
    const { page, title, referrer } = this.host.where();
    await this.outbox?.add({ t: "open", cid: freshCid(), name, question, page: noted(page), page_title: noted(title), referrer: noted(referrer) });
    this.asking.value = false;
  }

  say(text: string): void {
    const chat = this.chat.value;
    if (chat !== null) void this.outbox?.add({ t: "say", cid: freshCid(), chat, body: { kind: "text", text } });
  }

  tryAgain(cid: UUID): void {
    this.files.value?.uploads.tryAgain(cid);
    void this.outbox?.tryAgain(cid);
  }

  /** Returns the text of the message that is not sent any more. */
  remove(cid: UUID): string {
    this.files.value?.uploads.remove(cid);
    const command = this.outbox?.remove(cid)?.command;
    return command?.t === "say" && command.body.kind === "text" ? command.body.text : "";
  }

  /** Ends the chat, or leaves the line while it rings; without a connection as soon as there is one. */
  end(): void {
    if (this.chat.value !== null) this.leaving.leave(this.chat.value);
  }

  /** False when the line is down: whoever asks decides what is asked again. */
  send(command: Recall | Rate | Transcribe | Admit): boolean {
    return this.socket.send(command);
  }

  /** Reads an earlier chat, too. */
  read(chat: UUID | null): void {
    this.reading.value = chat;
    if (chat !== null) this.conversations.follow(chat);
    this.conversations.look();
  }

  /** Ends what is open. This device forgets now, the server as soon as it hears of it. */
  async forget(): Promise<void> {
    this.forgetting.value = "asked";
    this.keepsake.keep({ forgets: true });
    await this.wipe();
    this.socket.send({ t: "forget" });
  }

  /** Puts an ended chat away. */
  startAnew(): void {
    if (this.forgetting.value === "done") this.forgetting.value = null;
    if (this.chat.value !== null) this.conversations.forget(this.chat.value);
    this.chat.value = null;
    this.keepsake.keep({ chat: null });
  }

  /** The code for files has come. */
  carryFiles(made: (token: () => string | null, say: Say) => Files): void {
    this.files.value ??= made(() => this.keepsake.token, (chat, cid, body) => void this.outbox?.add({ t: "say", cid, chat, body }));
    this.files.value.changed(this.link.value);
    this.openFiles();
  }

  log(): Log | null {
    return this.chat.value === null ? null : (this.conversations.logs.value.get(this.chat.value) ?? null);
  }

  private openFiles(): void {
    if (this.outbox !== null && this.keepsake.token !== null) void this.files.value?.open(fingerprint(this.keepsake.token));
  }

  private begin(): Promise<void> {
    this.begun ??= this.connect();
    return this.begun;
  }

  private async connect(): Promise<void> {
    const visitor = await inTurn(this.boot.socket, () => visitorOf(this.keepsake, this.boot.room.token));
    if ("shut" in visitor) return void (this.shut.value = visitor.shut);
    const store = await openStore(fingerprint(visitor.token), () => this.keepsake.store());
    const outbox = new Outbox(store, (command) => this.socket.send(command));
    outbox.items.subscribe(() => outbox === this.outbox && (this.items.value = outbox.items.value));
    this.outbox = outbox;
    this.openFiles();
    if (this.socket.link === "closed") this.socket.reopen();
    else this.socket.start();
  }

  private turnedAway(code: number): void {
    const isForgotten = code === CloseCode.FORGOTTEN || (code === CloseCode.BAD_TOKEN && this.forgetting.value !== null);
    if (isForgotten) return void this.forgotten();
    if (code !== CloseCode.BAD_TOKEN) return;
    this.link.value = "lost";
    this.begun = this.startOver();
  }

  /** As a new visitor. Nothing that was written is lost: the question is asked again, the rest goes back into the form. */
  private async startOver(): Promise<void> {
    const unsent = (await this.outbox?.takeAll()) ?? [];
    const question = salvage(unsent, this.chat.value, this.drafts);
    this.asking.value = question !== null;
    this.isCutOff.value = this.chat.value !== null;
    this.leaving.forget();
    this.keepsake.disown();
    this.startAnew();
    await this.connect();
    if (question !== null && this.shut.value === null) await this.outbox?.add({ ...question, cid: freshCid() });
    this.asking.value = false;
  }

  /** Said by the server, to each window of this visitor. The next question is a new visitor's. */
  private async forgotten(): Promise<void> {
    await this.wipe();
    this.keepsake.disown();
    this.begun = null;
    this.link.value = "connecting";
    this.forgetting.value = "done";
  }

  private async wipe(): Promise<void> {
    await this.outbox?.takeAll();
    this.outbox = null;
    this.items.value = [];
    this.leaving.forget();
    this.drafts.forget();
    this.startAnew();
  }

  private changed(link: Link): void {
    this.link.value = link;
    if (link !== "live") this.typing.disconnected();
    this.files.value?.changed(link);
    if (link !== "live") return this.outbox?.disconnected();
    if (this.forgetting.value === "asked") return void this.socket.send({ t: "forget" });
    this.conversations.connected();
    void this.outbox?.connected();
    this.leaving.connected();
  }

  private receive(event: Event): void {
    if (event.t === "status") this.room.value = event;
    if (event.t === "current" && event.chat !== null && this.forgetting.value === null) this.adopt(event.chat);
    if (event.t === "opened") {
      this.outbox?.settle(event.cid);
      this.adopt(event.chat);
    }
    this.conversations.receive(event);
    this.typing.receive(event);
    for (const hear of this.heard) hear(event);
    if (event.t === "refused") this.refused(event);
    if (event.t === "message" && event.entry.from === "agent" && isSaid(event.entry)) {
      this.host.tell({ do: "event", name: "message", from: event.entry.name });
    }
  }

  private refused(refusal: Refused): void {
    const { command, code, chat, cid } = refusal;
    this.leaving.refused(refusal);
    if (RETRYABLE.includes(code)) {
      if (command === "forget") setTimeout(() => this.socket.send({ t: "forget" }), refusal.retry_ms ?? 1_000);
      return;
    }
    if (command === "resume" && chat === this.chat.value) this.startAnew();
    if (command !== "open") return;
    if (cid !== null) this.outbox?.remove(cid);
    this.refusal.value = refusal;
  }

  private isOver(chat: UUID): boolean {
    const log = this.conversations.logs.value.get(chat);
    return log !== undefined && phase(log) === "ended";
  }

  private adopt(chat: UUID): void {
    if (chat === this.chat.value) return;
    this.startAnew();
    this.refusal.value = null;
    this.show(chat);
    this.keepsake.keep({ chat });
  }

  private show(chat: UUID): void {
    this.chat.value = chat;
    this.conversations.follow(chat);
  }
}

/** Half of a pair of surrogates, as cutting leaves it, would be no JSON for the server. */
function noted(said: string | undefined): string | null {
  return said?.slice(0, LONGEST_PAGE).replace(/\p{Cs}/gu, "") ?? null;
}
