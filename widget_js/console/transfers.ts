import { Observable } from "../shared/observable";
import type { TransferToAgent, TransferToRoom, UUID } from "../shared/protocol";
import type { InboxState } from "./inbox";

export type Giving = TransferToAgent | TransferToRoom;

/** Chats that this tab gives away: asked for until the inbox shows where they are, or the server says no. */
export class Transfers {
  /** The chat for which the dialog is open. */
  readonly open = new Observable<UUID | null>(null);
  private readonly asked = new Map<UUID, Giving>();

  constructor(private readonly send: (command: Giving) => boolean) {}

  /** False while the line is down: it goes out with the next one. */
  give(command: Giving): boolean {
    this.asked.set(command.chat, command);
    return this.send(command);
  }

  connected(): void {
    for (const command of this.asked.values()) this.send(command);
  }

  of(chat: UUID | null): Giving | null {
    return this.asked.get(chat ?? "") ?? null;
  }

  refused(chat: UUID): void {
    this.asked.delete(chat);
  }

  /** Those that are not mine any more, and who or what has them now. */
  settled({ cards, rooms }: InboxState, me: UUID): { chat: UUID; to: string }[] {
    const settled: { chat: UUID; to: string }[] = [];
    for (const [chat, command] of this.asked) {
      const card = cards.find((one) => one.chat === chat);
      if (card?.status === "active" && card.agent === me) continue;
      this.asked.delete(chat);
      const room = command.t === "transfer_to_room" ? rooms.find((one) => one.room === command.room)?.name : undefined;
      const to = room ?? card?.agent_name;
      if (to != null && card?.status !== "closed") settled.push({ chat, to });
    }
    if (!cards.some(({ chat, agent, status }) => chat === this.open.value && agent === me && status === "active")) this.open.value = null;
    return settled;
  }
}
