import { after, emptyLog, isBehind, lastSeq, type Log } from "./log";
import { Marker, owed } from "./marker";
import { Observable } from "./observable";
import type { Outbox } from "./outbox";
import { RETRYABLE } from "./protocol";
import type { Ack, Command, Entries, Event, Refused, Side, UUID } from "./protocol";

const RETRY_MS = 1_000;

export interface Reader {
  readonly side: Side;
  /** Under this name the server stores what we say. */
  name(): string;
  /** Is this chat before the person's eyes right now? */
  sees(chat: UUID): boolean;
  /** May this device mark it as received? */
  isParty(chat: UUID): boolean;
}

/** The logs of the chats that this device follows: kept whole over reconnects, marked as they are received and seen. */
export class Conversations {
  readonly logs = new Observable<ReadonlyMap<UUID, Log>>(new Map());
  private readonly due = new Set<UUID>();
  private reading: UUID | null = null;
  private readonly marker: Marker;

  constructor(
    private readonly send: (command: Command) => boolean,
    private readonly outbox: () => Outbox | null,
    private readonly reader: Reader,
  ) {
    this.marker = new Marker(send);
  }

  follow(chat: UUID): void {
    if (this.logs.value.has(chat)) return;
    this.keep(emptyLog(chat));
    this.resume(chat);
  }

  forget(chat: UUID): void {
    const logs = new Map(this.logs.value);
    if (logs.delete(chat)) this.logs.value = logs;
    this.due.delete(chat);
    this.wasRead(chat);
  }

  connected(): void {
    this.reading = null;
    this.due.clear();
    this.marker.connected();
    for (const chat of this.logs.value.keys()) this.due.add(chat);
    this.readNext();
  }

  receive(event: Event): void {
    if (event.t === "entries") this.paged(event);
    else if (event.t === "message" || event.t === "marked") this.grow(event.chat, event);
    else if (event.t === "ack") this.acked(event);
    else if (event.t === "chat_erased") this.erased(event.chat);
    else if (event.t === "refused") this.refused(event);
    if (event.t === "message") this.outbox()?.settle(event.entry.cid);
  }

  /** Call when what is before the person's eyes may have changed. */
  look(): void {
    for (const log of this.logs.value.values()) this.mark(log);
  }

  private paged(event: Entries): void {
    const before = this.logs.value.get(event.chat);
    this.grow(event.chat, event);
    for (const entry of event.entries) this.outbox()?.settle(entry.cid);
    const now = this.logs.value.get(event.chat);
    // Asking again without progress would be a storm; the next message or connection asks instead.
    if (now && before && isBehind(now) && lastSeq(now) > lastSeq(before)) this.due.add(event.chat);
    this.wasRead(event.chat);
  }

  private acked(ack: Ack): void {
    const item = this.outbox()?.settle(ack.cid);
    if (item?.command.t !== "say") return;
    const { cid, seq, at } = ack;
    const entry = { seq, at, cid, from: this.reader.side, name: this.reader.name(), body: item.command.body };
    this.grow(ack.chat, { t: "message", chat: ack.chat, entry });
  }

  private grow(chat: UUID, event: Parameters<typeof after>[1]): void {
    const log = this.logs.value.get(chat);
    if (log === undefined) return;
    const grown = after(log, event);
    this.keep(grown);
    if (event.t === "message" && isBehind(grown)) this.resume(chat);
    this.mark(grown);
  }

  private refused(refusal: Refused): void {
    if (this.outbox()?.refused(refusal) || refusal.chat === null) return;
    const { chat, code, command } = refusal;
    if (command === "mark") this.marker.refused(chat);
    if (command !== "resume") return;
    if (RETRYABLE.includes(code)) setTimeout(() => this.resume(chat), refusal.retry_ms ?? RETRY_MS);
    this.wasRead(chat);
  }

  /** Everything that was said there is gone; the log is read from its start. */
  private erased(chat: UUID): void {
    if (!this.logs.value.has(chat)) return;
    this.keep(emptyLog(chat));
    this.resume(chat);
  }

  private resume(chat: UUID): void {
    if (this.reading === chat) return;
    this.due.add(chat);
    if (this.reading === null) this.readNext();
  }

  private wasRead(chat: UUID): void {
    if (this.reading === chat) this.reading = null;
    if (this.reading === null) this.readNext();
  }

  /** One after the other, what is before the person's eyes first: each request has a deadline, and a slow server must not miss many at once. */
  private readNext(): void {
    const waiting = [...this.due].filter((chat) => this.logs.value.has(chat));
    const chat = waiting.find((one) => this.reader.sees(one)) ?? waiting[0];
    const log = chat === undefined ? undefined : this.logs.value.get(chat);
    if (log === undefined || !this.send({ t: "resume", chat: log.chat, after: lastSeq(log) })) return;
    this.due.delete(log.chat);
    this.reading = log.chat;
  }

  private mark(log: Log): void {
    if (!this.reader.isParty(log.chat)) return;
    const mark = owed(log, this.reader.side, this.reader.sees(log.chat));
    if (mark !== null) this.marker.owe(mark);
  }

  private keep(log: Log): void {
    this.logs.value = new Map(this.logs.value).set(log.chat, log);
  }
}
