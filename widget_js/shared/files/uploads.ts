import { freshCid } from "../cid";
import { Observable } from "../observable";
import { LARGEST_FILE, type SentFile, type UUID } from "../protocol";
import { type Door, Refusal } from "./door";
import { forgetful, type Parcel, type ParcelStore } from "./upload_store";

/** A parcel on its way. `share`: how much has gone out, 0 to 1; `held`: the server has it and looks for viruses. */
export interface Upload extends Parcel {
  readonly share: number;
  /** The server's code of why not. */
  readonly failed: string | null;
  readonly isHeld: boolean;
}

export interface Staged {
  readonly name: string;
  readonly blob: Blob;
  readonly seconds: number | null;
}

export type Say = (chat: UUID, cid: UUID, body: SentFile) => void;

const ASK_AGAIN_MS = 1_500;

/** Files go up one after the other, each as soon as there is a line; then their message goes into the outbox. */
export class Uploads {
  readonly items = new Observable<readonly Upload[]>([]);
  private store: ParcelStore = forgetful();
  private kept: Promise<unknown> = Promise.resolve();
  /** What the store is known to have had: if it has it no more, another tab has sent it. */
  private readonly stored = new Set<UUID>();
  private isUp = false;
  private current: { readonly cid: UUID; readonly stop: AbortController } | null = null;
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly door: Door,
    private readonly say: Say,
  ) {}

  /** What tabs that are gone have left goes out as well. */
  async open(store: ParcelStore): Promise<void> {
    this.store = store;
    for (const item of this.items.value) this.keep(item);
    const known = new Set(this.items.value.map((item) => item.cid));
    const kept = (await store.all().catch(() => [])).filter((parcel) => !known.has(parcel.cid));
    for (const { cid } of kept) this.stored.add(cid);
    this.items.value = [...kept.map(begun), ...this.items.value].sort((one, other) => (one.cid < other.cid ? -1 : 1));
    this.pump();
  }

  add(chat: UUID, files: readonly Staged[]): void {
    for (const { name, blob, seconds } of files) {
      const upload = begun({ cid: freshCid(), chat, name, blob, seconds, at: Date.now(), sent: null });
      const failed = blob.size > LARGEST_FILE ? "too_large" : null;
      this.items.value = [...this.items.value, { ...upload, failed }];
      this.keep(upload);
    }
    void this.kept.then(() => this.pump());
  }

  connected(): void {
    this.isUp = true;
    clearTimeout(this.pause);
    this.pause = undefined;
    this.pump();
  }

  disconnected(): void {
    this.isUp = false;
  }

  tryAgain(cid: UUID): void {
    this.change(cid, { failed: null });
    this.pump();
  }

  /** Also while it goes up. */
  remove(cid: UUID): boolean {
    if (!this.items.value.some((item) => item.cid === cid)) return false;
    if (this.current?.cid === cid) this.current.stop.abort();
    this.forget(cid);
    this.pump();
    return true;
  }

  private pump(): void {
    const next = this.items.value.find((item) => item.failed === null);
    if (!this.isUp || this.current !== null || this.pause !== undefined || next === undefined) return;
    const stop = new AbortController();
    this.current = { cid: next.cid, stop };
    void inTurn(next.cid, () => this.bring(next, stop.signal))
      .catch((error: unknown) => this.refused(next.cid, error, stop.signal))
      .then(() => {
        if (this.current?.stop === stop) this.current = null;
        this.pump();
      });
  }

  private async bring(upload: Upload, stop: AbortSignal): Promise<void> {
    const { cid, chat, name, blob } = upload;
    if (this.stored.has(cid) && !(await this.store.has(cid).catch(() => true))) return this.forget(cid);
    let sent = upload.sent;
    if (sent === null) {
      sent = await unlessStopped(stop, this.door.send(chat, name, blob, (share) => this.change(cid, { share }), stop));
      await this.store.put(parcelOf({ ...upload, sent })).catch(() => undefined);
    }
    this.change(cid, { sent, share: 1, isHeld: sent.state === "held" });
    while (sent.state === "held") {
      await unlessStopped(stop, new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS)));
      sent = (await unlessStopped(stop, this.door.find(chat, sent.file))).file;
    }
    if (sent.state === "infected") throw new Refusal("infected", null);
    // Into the outbox first: twice is harmless, not at all is not.
    this.say(chat, cid, sent);
    this.forget(cid);
  }

  /** A full disk must not stop a chat: then it lasts as long as the page. */
  private keep(upload: Upload): void {
    const put = this.store.put(parcelOf(upload)).then(() => void this.stored.add(upload.cid), () => undefined);
    this.kept = Promise.all([this.kept, put]);
  }

  private refused(cid: UUID, error: unknown, stop: AbortSignal): void {
    if (stop.aborted) return;
    const again = error instanceof Refusal ? error.again : 1;
    if (again === null) {
      // What the server has of it does not count any more: another try brings it anew.
      this.change(cid, { failed: (error as Refusal).code, sent: null, share: 0, isHeld: false });
      return;
    }
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.pause = undefined;
      this.pump();
    }, again * 1_000);
  }

  private change(cid: UUID, change: Partial<Upload>): void {
    this.items.value = this.items.value.map((item) => (item.cid === cid ? { ...item, ...change } : item));
  }

  private forget(cid: UUID): void {
    this.items.value = this.items.value.filter((item) => item.cid !== cid);
    void this.store.remove(cid).catch(() => undefined);
  }
}

function begun(parcel: Parcel): Upload {
  return { ...parcel, share: parcel.sent === null ? 0 : 1, failed: null, isHeld: parcel.sent?.state === "held" };
}

function parcelOf({ cid, chat, name, blob, at, seconds, sent }: Parcel): Parcel {
  return { cid, chat, name, blob, at, seconds, sent };
}

/** Two tabs may know the same parcel: one brings it. Without locks, in a frame that may not, there is hardly a second tab. */
async function inTurn(cid: UUID, work: () => Promise<void>): Promise<void> {
  if (globalThis.navigator?.locks === undefined) return work();
  await navigator.locks.request(`switchboard:file:${cid}`, work);
}

/** The result, or an error as soon as the person has changed their mind. */
function unlessStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopped = () => reject(new Error("stopped"));
    if (stop.aborted) return stopped();
    stop.addEventListener("abort", stopped, { once: true });
    work.then(resolve, reject);
  });
}
