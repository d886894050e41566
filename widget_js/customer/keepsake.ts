import type { Item, Store } from "../shared/outbox_store";
import { inOrder } from "../shared/outbox_store";
import type { UUID } from "../shared/protocol";
import type { SafeStorage } from "../shared/safe_storage";
import type { Host } from "./host";

/** What this device remembers of a visitor in one room. */
export interface Kept {
  readonly token: string | null;
  /** The chat on screen: open, or ended and not yet left. */
  readonly chat: UUID | null;
  /** Messages that wait to be sent, where the browser gives the frame no database. */
  readonly unsent: readonly Item[];
  /** This visitor wants to be forgotten, and the server may not have heard of it. */
  readonly forgets: boolean;
}

const NOTHING: Kept = { token: null, chat: null, unsent: [], forgets: false };

/** Keeps it in the frame's own storage, or with the host page when the browser forbids that to frames. */
export class Keepsake {
  private kept: Kept;
  private has = false;
  private last = "";

  constructor(
    private readonly room: string,
    private readonly storage: SafeStorage,
    private readonly host: Host,
  ) {
    this.kept = this.read();
  }

  get token(): string | null {
    return this.kept.token;
  }

  get chat(): UUID | null {
    return this.kept.chat;
  }

  get forgets(): boolean {
    return this.kept.forgets;
  }

  /** Another tab may have become this visitor meanwhile. */
  refresh(): void {
    if (this.kept.token === null) this.kept = this.read();
  }

  /** The server does not know this visitor any more; another tab may already be the next one. */
  disown(): void {
    const stored = this.read();
    this.kept = stored.token === this.kept.token ? NOTHING : stored;
    this.write();
  }

  keep(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    this.write();
  }

  /** Is there a chat worth building the frame for after a reload? */
  matters(has: boolean): void {
    this.has = has;
    this.write();
  }

  /** An outbox for browsers that give the frame no database. */
  store(): Store {
    const others = (cid: UUID) => this.kept.unsent.filter((item) => item.cid !== cid);
    return {
      all: async () => inOrder(this.kept.unsent),
      put: async (item) => this.keep({ unsent: [...others(item.cid), item] }),
      remove: async (cid) => this.keep({ unsent: others(cid) }),
    };
  }

  private read(): Kept {
    try {
      const text = this.storage.read(this.key) ?? this.host.kept;
      return { ...NOTHING, ...(text === null ? null : (JSON.parse(text) as Partial<Kept>)) };
    } catch {
      return NOTHING;
    }
  }

  private write(): void {
    const text = JSON.stringify(this.kept);
    if (this.last === `${this.has} ${text}`) return;
    this.last = `${this.has} ${text}`;
    this.storage.write(this.key, text);
    const isNothing = this.kept.token === null && this.kept.unsent.length === 0;
    this.host.tell({ do: "keep", kept: this.storage.lasting || isNothing ? null : text, has: this.has });
  }

  private get key(): string {
    return `switchboard:visitor:${this.room}`;
  }
}
