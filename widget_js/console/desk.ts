import { socketUrl } from "../shared/boot";
import { freshCid } from "../shared/cid";
import { Conversations } from "../shared/conversations";
import { LiveTyping } from "../shared/live_typing";
import { httpDoor } from "../shared/files/door";
import { Files } from "../shared/files/files";
import { Observable } from "../shared/observable";
import { Outbox } from "../shared/outbox";
import { type Item, openStore } from "../shared/outbox_store";
import { type Availability, type Card, CloseCode, type Command, type Event, type Refused, RETRYABLE, type UUID } from "../shared/protocol";
import { type Link, Socket } from "../shared/socket";
import type { Boot } from "./boot";
import { after, givenBetween, type InboxState, NOTHING_YET, takenBetween } from "./inbox";
import { Toasts } from "./toasts";
import { type Giving, Transfers } from "./transfers";
import { words } from "./words";

export type Mode = "reply" | "note";

/** An agent's connection to the tenant's switchboard: the inbox, and the log of every chat that is followed. */
export class Desk {
  readonly link = new Observable<Link>("connecting");
  readonly inbox = new Observable<InboxState>(NOTHING_YET);
  readonly items = new Observable<readonly Item[]>([]);
  readonly selected = new Observable<UUID | null>(null);
  /** Chats that this tab has asked to answer. */
  readonly answering = new Observable<ReadonlySet<UUID>>(new Set());
  /** What this agent has just chosen, until the team's list says the same. */
  readonly wanted = new Observable<Availability | null>(null);
  readonly toasts = new Toasts();
  readonly conversations: Conversations;
  readonly typing = new LiveTyping((command) => this.socket.send(command), "agent");
  /** What Enter makes of what stands in the composer. */
  readonly mode = new Observable<Mode>("reply");
  readonly transfers = new Transfers((command) => this.socket.send(command));
  readonly files: Files;
  private readonly socket: Socket;
  private readonly ending = new Set<UUID>();
  private outbox: Outbox | null = null;
  private isFreshLine = true;

  constructor(readonly boot: Boot) {
    // Before the socket's own: it closes the line then.
    addEventListener("pagehide", () => this.typing.leave());
    this.socket = new Socket({
      url: () => socketUrl(boot.socket),
      hello: () => ({ t: "hello" }),
      received: (event) => this.receive(event),
      changed: (link) => this.changed(link),
      refused: (code) => code === CloseCode.SIGNED_OUT && location.assign("/sign-in"),
    });
    this.conversations = new Conversations((command) => this.socket.send(command), () => this.outbox, {
      side: "agent",
      name: () => boot.you.name,
      sees: (chat) => chat === this.selected.value && document.visibilityState === "visible" && document.hasFocus(),
      isParty: (chat) => this.isMine(chat),
    });
    const door = httpDoor((chat) => `/console/${boot.tenant.slug}/chats/${chat}/files`, () => ({ "x-csrftoken": boot.csrf }));
    this.files = new Files(door, (chat, cid, body) => void this.outbox?.add({ t: "say", cid, chat, body }));
    for (const moment of ["focus", "visibilitychange"]) addEventListener(moment, () => this.conversations.look(), true);
  }

  async begin(): Promise<void> {
    const { tenant, you } = this.boot;
    const outbox = new Outbox(await openStore(`${tenant.slug}:${you.agent}`), (command) => this.socket.send(command));
    outbox.items.subscribe(() => (this.items.value = outbox.items.value));
    this.outbox = outbox;
    void this.files.open(`${tenant.slug}:${you.agent}`);
    this.socket.start();
  }

  select(chat: UUID | null): void {
    this.selected.value = chat;
    this.followMine();
    this.conversations.look();
  }

  answer(chat: UUID): void {
    if (this.answering.value.has(chat)) return;
    if (this.socket.send({ t: "answer", chat })) this.answering.value = new Set(this.answering.value).add(chat);
    else this.toasts.say(chat, words.noConnection);
  }

  choose(availability: Availability): void {
    this.wanted.value = availability;
    this.socket.send({ t: "choose", availability });
  }

  say(chat: UUID, text: string): void {
    void this.outbox?.add({ t: "say", cid: freshCid(), chat, body: { kind: "text", text } });
  }

  /** For the team only. */
  note(chat: UUID, text: string): void {
    void this.outbox?.add({ t: "say", cid: freshCid(), chat, body: { kind: "note", text } });
  }

  switchMode(): void {
    this.mode.value = this.mode.value === "reply" ? "note" : "reply";
  }

  transfer(command: Giving): void {
    this.outbox?.afterLastWord(command.chat, () => {
      if (!this.transfers.give(command)) this.toasts.say(command.chat, words.noConnection);
    });
  }

  tryAgain(cid: UUID): void {
    this.files.uploads.tryAgain(cid);
    void this.outbox?.tryAgain(cid);
  }

  remove(cid: UUID): string {
    this.files.uploads.remove(cid);
    const command = this.outbox?.remove(cid)?.command;
    return command?.t === "say" && command.body.kind !== "file" ? command.body.text : "";
  }

  end(chat: UUID): void {
    this.ending.add(chat);
    this.sayEnd(chat);
  }

  private sayEnd(chat: UUID): void {
    this.outbox?.afterLastWord(chat, () => this.socket.send({ t: "end", chat }));
  }

  card(chat: UUID | null): Card | null {
    return this.inbox.value.cards.find((card) => card.chat === chat) ?? null;
  }

  isMine(chat: UUID): boolean {
    const card = this.card(chat);
    return card !== null && card.agent === this.boot.you.agent;
  }

  private isOthers(chat: UUID): boolean {
    return this.card(chat) !== null && !this.isMine(chat);
  }

  private changed(link: Link): void {
    this.link.value = link;
    this.isFreshLine = true;
    if (link !== "live") this.typing.disconnected();
    this.files.changed(link);
    if (link !== "live") return this.outbox?.disconnected();
    this.conversations.connected();
    void this.outbox?.connected();
    for (const chat of this.ending) this.sayEnd(chat);
    this.transfers.connected();
    if (this.wanted.value !== null) this.choose(this.wanted.value);
  }

  private receive(event: Event): void {
    if (event.t === "inbox" || event.t === "inbox_change") this.sorted(after(this.inbox.value, event));
    else if (event.t === "refused") this.refused(event);
    if (event.t === "inbox" && this.isFreshLine) this.answerAgain();
    this.conversations.receive(event);
    this.typing.receive(event);
  }

  /** What was asked on a line that broke: the first snapshot of the next one says whether it arrived. */
  private answerAgain(): void {
    this.isFreshLine = false;
    for (const chat of this.answering.value) this.socket.send({ t: "answer", chat });
  }

  private sorted(now: InboxState): void {
    const before = this.inbox.value;
    const me = this.boot.you.agent;
    this.inbox.value = now;
    if (now.isStale && !before.isStale) this.socket.send({ t: "look" });
    for (const { chat, by, name } of takenBetween(before, now, me)) this.toasts.mention(chat, words.took(by, name));
    for (const { chat, by, name } of givenBetween(before, now, me)) this.toasts.say(chat, words.gaveYou(by, name));
    for (const { chat, to } of this.transfers.settled(now, me)) this.toasts.say(chat, words.gaveAway(to));
    this.followMine();
    for (const chat of this.ending) if (this.card(chat)?.status !== "active") this.ending.delete(chat);
    for (const chat of this.answering.value) this.arrived(chat);
    const mine = now.team.find((mate) => mate.agent === me);
    if (mine !== undefined && (mine.state === "offline") === (this.wanted.value === "offline")) this.wanted.value = null;
    this.conversations.look();
  }

  /** My open chats and the one on screen. A colleague's chat is not for my eyes; what has left the inbox is forgotten. */
  private followMine(): void {
    for (const { chat, status } of this.inbox.value.cards) {
      if (this.isMine(chat) && (status === "active" || chat === this.selected.value)) this.conversations.follow(chat);
    }
    for (const chat of this.conversations.logs.value.keys()) {
      const hasLeft = this.card(chat) === null && chat !== this.selected.value;
      if (hasLeft || this.isOthers(chat)) this.conversations.forget(chat);
    }
  }

  private arrived(chat: UUID): void {
    const card = this.card(chat);
    if (card?.status === "waiting") return;
    this.dropAnswering(chat);
    if (this.isMine(chat)) this.select(chat);
  }

  private refused(refusal: Refused): void {
    const { command, code, chat, message } = refusal;
    if (command === "mark" || command === "say" || command === "resume" || command === "typing") return;
    if (RETRYABLE.includes(code)) return this.again(refusal);
    this.toasts.say(chat ?? command, message);
    if (command === "choose") this.wanted.value = null;
    if (command === "answer" && chat !== null) this.dropAnswering(chat);
    if (command === "end" && chat !== null) this.ending.delete(chat);
    if (command.startsWith("transfer") && chat !== null) this.transfers.refused(chat);
  }

  /** A busy server is asked again; people need not press twice. */
  private again({ command, chat, retry_ms }: Refused): void {
    const commands: Record<string, Command | null> = {
      answer: chat === null ? null : { t: "answer", chat },
      end: chat === null ? null : { t: "end", chat },
      transfer_to_agent: this.transfers.of(chat),
      transfer_to_room: this.transfers.of(chat),
      choose: this.wanted.value === null ? null : { t: "choose", availability: this.wanted.value },
      look: { t: "look" },
    };
    const next = commands[command];
    if (next) setTimeout(() => this.socket.send(next), retry_ms ?? 1_000);
  }

  private dropAnswering(chat: UUID): void {
    const answering = new Set(this.answering.value);
    if (answering.delete(chat)) this.answering.value = answering;
  }
}
