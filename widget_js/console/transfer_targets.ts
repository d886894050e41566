import type { Card, Teammate, UUID } from "../shared/protocol";
import type { InboxState } from "./inbox";

export interface AgentTarget {
  readonly mate: Teammate;
  readonly isFree: boolean;
}

export interface RoomTarget {
  readonly room: UUID;
  readonly name: string;
  /** How many others there could answer now, and how many are there at all. */
  readonly free: number;
  readonly here: number;
}

/** To whom a chat can be given: colleagues of its room, and rooms. Who can take it now comes first, the least busy of them. */
export function targetsOf({ rooms, team }: InboxState, card: Card, me: UUID): { agents: AgentTarget[]; rooms: RoomTarget[] } {
  const mates = new Map(team.map((mate) => [mate.agent, mate]));
  const others = (agents: readonly UUID[]) => agents.flatMap((agent) => (agent === me ? [] : (mates.get(agent) ?? [])));
  const here = rooms.find(({ name }) => name === card.room);
  const agents = others(here?.agents ?? []).map((mate) => ({ mate, isFree: mate.state === "online" }));
  return {
    agents: agents.sort((one, other) => Number(other.isFree) - Number(one.isFree) || one.mate.used - other.mate.used),
    rooms: rooms.map(({ room, name, agents }) => {
      const mates = others(agents);
      const free = mates.filter(({ state }) => state === "online").length;
      return { room, name, free, here: free + mates.filter(({ state }) => state === "in_chat").length };
    }),
  };
}
