import { freshCid } from "./cid";
import { Observable } from "./observable";
import { inOrder, type Item, type Store } from "./outbox_store";
import { RETRYABLE, type Open, type Refused, type Say, type UUID } from "./protocol";

const RETRY_MS = 1_000;

/**
 * What this person wrote and the server has not confirmed. Stored before it is sent; per chat strictly in order, one in
 * flight at a time. Another tab may send the same item: the cid makes that harmless.
 */
export class Outbox {
  readonly items = new Observable<readonly Item[]>([]);
  private readonly inFlight = new Map<string, UUID>();
  private readonly pausing = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly storing = new Set<UUID>();
  private readonly last = new Map<UUID, () => void>();

  constructor(
    private readonly store: Store,
    private readonly send: (command: Open | Say) => boolean,
  ) {}

  async add(command: Open | Say): Promise<void> {
    const item: Item = { cid: command.cid, command, at: Date.now(), failed: null };
    this.storing.add(item.cid);
    this.items.value = inOrder([...this.items.value, item]);
    await this.store.put(item).catch(() => undefined); // a full disk must not stop a chat; memory still holds it
    this.storing.delete(item.cid);
    this.pump();
  }

  /** Acts once nothing written in this chat waits any more, or the line breaks: an end must not overtake a last word. */
  afterLastWord(chat: UUID, act: () => void): void {
    this.last.set(chat, act);
    this.actOnSilence();
  }

  /** A line is up: what tabs that are gone have left goes out too, and what was in flight goes out again. */
  async connected(): Promise<void> {
    this.inFlight.clear();
    await this.load();
    this.pump();
  }

  disconnected(): void {
    this.inFlight.clear();
    this.actOnSilence(() => true);
  }

  /** The server has it (ack, opened, or seen in the log). Returns what was waiting, if it was ours. */
  settle(cid: UUID): Item | null {
    const item = this.find(cid);
    if (item === undefined) return null;
    this.forget(item);
    this.pump();
    return item;
  }

  /** True when the refusal was about something of ours. */
  refused(refusal: Refused): boolean {
    const item = refusal.cid === null ? undefined : this.find(refusal.cid);
    if (item === undefined) return false;
    if (RETRYABLE.includes(refusal.code)) {
      this.pause(lane(item), refusal.retry_ms ?? RETRY_MS);
      return true;
    }
    this.inFlight.delete(lane(item));
    const failed = { ...item, failed: refusal.code };
    this.items.value = this.items.value.map((other) => (other.cid === item.cid ? failed : other));
    void this.store.put(failed).catch(() => undefined);
    this.pump();
    return true;
  }

  /** Sends a failed item once more: as a new message, because others may have passed it. */
  async tryAgain(cid: UUID): Promise<void> {
    const item = this.find(cid);
    if (item?.failed == null) return;
    this.forget(item);
    await this.add({ ...item.command, cid: freshCid() });
  }

  remove(cid: UUID): Item | null {
    return this.settle(cid);
  }

  /** Empties it: what was not confirmed, here or in tabs that are gone, is the caller's from now on. */
  async takeAll(): Promise<readonly Item[]> {
    await this.load();
    const items = this.items.value;
    for (const item of items) this.forget(item);
    return items;
  }

  private async load(): Promise<void> {
    const stored = await this.store.all().catch(() => []);
    const fresh = stored.filter((item) => !this.find(item.cid));
    if (fresh.length > 0) this.items.value = inOrder([...this.items.value, ...fresh]);
  }

  private find(cid: UUID): Item | undefined {
    return this.items.value.find((item) => item.cid === cid);
  }

  private forget(item: Item): void {
    if (this.inFlight.get(lane(item)) === item.cid) this.inFlight.delete(lane(item));
    this.items.value = this.items.value.filter((other) => other.cid !== item.cid);
    void this.store.remove(item.cid).catch(() => undefined);
  }

  private pump(): void {
    const seen = new Set<string>();
    for (const item of this.items.value) {
      const road = lane(item);
      if (item.failed !== null || seen.has(road)) continue;
      seen.add(road);
      if (this.inFlight.has(road) || this.pausing.has(road) || this.storing.has(item.cid)) continue;
      if (this.send(item.command)) this.inFlight.set(road, item.cid);
    }
    this.actOnSilence();
  }

  private actOnSilence(isSilent = (chat: UUID) => !this.items.value.some((item) => item.failed === null && lane(item) === chat)): void {
    for (const [chat, act] of [...this.last]) {
      if (isSilent(chat) && this.last.delete(chat)) act();
    }
  }

  private pause(road: string, milliseconds: number): void {
    this.inFlight.delete(road);
    clearTimeout(this.pausing.get(road));
    const over = () => {
      this.pausing.delete(road);
      this.pump();
    };
    this.pausing.set(road, setTimeout(over, milliseconds));
  }
}

function lane(item: Item): string {
  return item.command.t === "say" ? item.command.chat : "open";
}
