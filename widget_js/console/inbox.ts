import type { Card, Inbox, InboxChange, InboxRoom, Teammate, UUID } from "../shared/protocol";

/** The agent's view of all chats, at one place in the server's stream of changes. */
export interface InboxState {
  readonly epoch: string;
  readonly offset: number;
  readonly cards: readonly Card[];
  readonly team: readonly Teammate[];
  readonly rooms: readonly InboxRoom[];
  /** A change was missed: send `look`. */
  readonly isStale: boolean;
}

export const NOTHING_YET: InboxState = { epoch: "", offset: -1, cards: [], team: [], rooms: [], isStale: false };

export function after(state: InboxState, event: Inbox | InboxChange): InboxState {
  if (event.t === "inbox") {
    const { epoch, offset, cards, team, rooms } = event;
    return { epoch, offset, cards, team, rooms, isStale: false };
  }
  if (event.epoch === state.epoch && event.offset <= state.offset) return state;
  if (event.epoch !== state.epoch || event.offset > state.offset + 1) return { ...state, isStale: true };
  return {
    ...state,
    offset: event.offset,
    cards: replaced(state.cards, event.cards, (card) => card.chat).filter((card) => !event.gone.includes(card.chat)),
    team: replaced(state.team, event.team, (mate) => mate.agent),
    rooms: event.rooms ?? state.rooms,
  };
}

export interface Groups {
  readonly ringing: readonly Card[];
  readonly mine: readonly Card[];
  readonly others: readonly Card[];
  readonly ended: readonly Card[];
}

/** Ringing: those that somebody gave away first, then the longest wait. The rest: latest first. */
export function grouped(cards: readonly Card[], me: UUID): Groups {
  const oldest = [...cards].sort((one, other) => Date.parse(one.since) - Date.parse(other.since));
  const latest = oldest.toReversed();
  return {
    ringing: oldest.filter((card) => card.status === "waiting").sort((one, other) => Number(one.transferred_by === null) - Number(other.transferred_by === null)),
    mine: latest.filter((card) => card.status === "active" && card.agent === me),
    others: latest.filter((card) => card.status === "active" && card.agent !== me),
    ended: latest.filter((card) => card.status === "closed"),
  };
}

export interface Taken {
  readonly chat: UUID;
  readonly by: string;
  readonly name: string;
}

/** Chats that rang before and are with somebody else now. */
export function takenBetween(before: InboxState, now: InboxState, me: UUID): Taken[] {
  const rang = new Set(before.cards.filter((card) => card.status === "waiting").map((card) => card.chat));
  return now.cards
    .filter((card) => rang.has(card.chat) && card.status === "active" && card.agent !== me && card.agent_name !== null)
    .map((card) => ({ chat: card.chat, by: card.agent_name ?? "", name: card.name }));
}

/** Chats that a colleague had before and gave to me. */
export function givenBetween(before: InboxState, now: InboxState, me: UUID): Taken[] {
  const known = new Map(before.cards.map((card) => [card.chat, card]));
  const isGiven = ({ chat, agent, status, transferred_by }: Card) => {
    const old = known.get(chat);
    return agent === me && status === "active" && transferred_by !== null && (old === undefined || old.status === "active" && old.agent !== me);
  };
  if (before.epoch === "") return [];
  return now.cards.filter(isGiven).map((card) => ({ chat: card.chat, by: card.transferred_by ?? "", name: card.name }));
}

function replaced<T>(old: readonly T[], fresh: readonly T[], idOf: (item: T) => UUID): T[] {
  const known = new Map(old.map((item) => [idOf(item), item]));
  for (const item of fresh) known.set(idOf(item), item);
  return [...known.values()];
}
