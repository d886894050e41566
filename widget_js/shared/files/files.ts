import type { Observable } from "../observable";
import type { UUID } from "../protocol";
import type { Door } from "./door";
import { Shelf } from "./shelf";
import { Stagings } from "./staging";
import { openParcels } from "./upload_store";
import { type Say, type Upload, Uploads } from "./uploads";

/** Everything about files of one person's chats: what is attached, what goes up, where the others' are. */
export class Files {
  readonly uploads: Uploads;
  readonly staged: Stagings;
  private readonly shelves = new Map<UUID, Shelf>();

  constructor(
    private readonly door: Door,
    say: Say,
  ) {
    this.uploads = new Uploads(door, say);
    this.staged = new Stagings(this.uploads);
  }

  get items(): Observable<readonly Upload[]> {
    return this.uploads.items;
  }

  /** `writer`: as for the outbox of the same person. */
  async open(writer: string): Promise<void> {
    await this.uploads.open(await openParcels(writer));
  }

  changed(link: string): void {
    if (link === "live") this.uploads.connected();
    else this.uploads.disconnected();
  }

  shelf(chat: UUID): Shelf {
    const shelf = this.shelves.get(chat) ?? new Shelf(this.door, chat);
    this.shelves.set(chat, shelf);
    return shelf;
  }

  /** Of an earlier chat, which is read by the right to the one that goes on. */
  earlierShelf(chat: UUID, earlier: UUID): Shelf {
    return this.shelf(`${chat}/earlier/${earlier}`);
  }
}
