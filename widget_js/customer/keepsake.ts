import type { UUID } from "../shared/protocol";
import type { SafeStorage } from "../shared/safe_storage";
import type { Host } from "./host";

/** What this device remembers of a visitor in one room. */
export interface Kept {
  token: string;
  /** The chat on screen: open, or ended and not yet left. */
  chat: UUID | null;
}

/** Keeps it in the frame's own storage, or with the host page when the browser forbids that to frames. */
export class Keepsake {
  constructor(
    private readonly room: string,
    private readonly storage: SafeStorage,
    private readonly host: Host,
  ) {}

  read(): Kept | null {
    try {
      const kept = JSON.parse(this.storage.read(this.key) ?? this.host.kept ?? "null") as Partial<Kept> | null;
      return typeof kept?.token === "string" ? { token: kept.token, chat: kept.chat ?? null } : null;
    } catch {
      return null;
    }
  }

  /** `has`: there is a chat worth building the frame for after a reload. */
  write(kept: Kept | null, has: boolean): void {
    const text = kept && JSON.stringify(kept);
    this.storage.write(this.key, text);
    this.host.tell({ do: "keep", kept: this.storage.lasting ? null : text, has });
  }

  private get key(): string {
    return `switchboard:visitor:${this.room}`;
  }
}
