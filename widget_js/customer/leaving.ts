import type { Refused, UUID } from "../shared/protocol";
import { RETRYABLE } from "../shared/protocol";

const AGAIN_MS = 1_000;

/** Chats that this visitor has ended or left: said again with each connection, until the log shows it or the server refuses. */
export class Leaving {
  private readonly chats = new Set<UUID>();

  constructor(
    private readonly send: (chat: UUID) => void,
    private readonly isOver: (chat: UUID) => boolean,
  ) {}

  leave(chat: UUID): void {
    this.chats.add(chat);
    this.say(chat);
  }

  connected(): void {
    for (const chat of this.chats) this.say(chat);
  }

  refused({ command, code, chat, retry_ms }: Refused): void {
    if (command !== "end" || chat === null) return;
    if (RETRYABLE.includes(code)) setTimeout(() => this.chats.has(chat) && this.say(chat), retry_ms ?? AGAIN_MS);
    else this.chats.delete(chat);
  }

  forget(): void {
    this.chats.clear();
  }

  private say(chat: UUID): void {
    if (this.isOver(chat)) this.chats.delete(chat);
    else this.send(chat);
  }
}
