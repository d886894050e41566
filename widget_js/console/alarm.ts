import type { Card, UUID } from "../shared/protocol";

/** Unread texts by chat. */
export type Unread = ReadonlyMap<UUID, number>;

/** What of all this is new enough to be told to somebody who looks elsewhere. */
export interface News {
  readonly rings: readonly Card[];
  readonly writes: readonly Card[];
}

/** Chats that ring now and did not before, and own chats with more unread texts than before. */
export function newsBetween(before: { ringing: readonly Card[]; unread: Unread }, now: { ringing: readonly Card[]; mine: readonly Card[]; unread: Unread }): News {
  const rang = new Set(before.ringing.map(({ chat }) => chat));
  return {
    rings: now.ringing.filter(({ chat }) => !rang.has(chat)),
    writes: now.mine.filter(({ chat }) => (now.unread.get(chat) ?? 0) > (before.unread.get(chat) ?? 0)),
  };
}

/** What the tab says. While something rings and nobody looks, it changes every second: that is what is seen among many tabs. */
export function titleOf(state: { ringing: readonly Card[]; unread: number; isAway: boolean; second: number }, words: TitleWords): string {
  const first = state.ringing[0];
  if (first !== undefined) return state.isAway && state.second % 2 === 1 ? words.isRinging(first.name) : words.ringingTitle(state.ringing.length);
  return state.unread > 0 ? words.unreadTitle(state.unread) : words.title;
}

export interface TitleWords {
  readonly title: string;
  isRinging(name: string): string;
  ringingTitle(count: number): string;
  unreadTitle(count: number): string;
}
