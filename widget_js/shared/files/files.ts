import type { Observable } from "../observable";
import type { UUID } from "../protocol";
import { Attached } from "./attached";
import { Attachment } from "./attachment";
import type { Door } from "./door";
import type { FilesOfChat } from "./of_chat";
import { Outgoing } from "./preview";
import { Shelf } from "./shelf";
import { Staging } from "./staging";
import { openParcels } from "./upload_store";
import { type Say, type Upload, Uploads } from "./uploads";

/** Everything about files of one person's chats: what is attached, what goes up, where the others' are. */
export class Files {
  readonly uploads: Uploads;
  private readonly known = new Map<UUID, FilesOfChat>();

  constructor(
    private readonly door: Door,
    say: Say,
  ) {
    this.uploads = new Uploads(door, say);
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

  /** The same one each time: what was attached stays with its chat while another one is on screen. */
  of(chat: UUID): FilesOfChat {
    const { door, uploads } = this;
    const known = this.known.get(chat) ?? { shelf: new Shelf(door, chat), staging: new Staging(chat, uploads), Attachment, Outgoing, Attached };
    this.known.set(chat, known);
    return known;
  }

  /** Of an earlier chat, which is read by the right to the one that goes on. */
  ofEarlier(chat: UUID, earlier: UUID): FilesOfChat {
    return this.of(`${chat}/earlier/${earlier}`);
  }
}
