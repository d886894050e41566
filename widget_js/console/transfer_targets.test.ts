import { expect, test } from "vitest";
import type { AgentState, Teammate } from "../shared/protocol";
import { aCard, ALICE } from "./desk_cast";
import { NOTHING_YET } from "./inbox";
import { targetsOf } from "./transfer_targets";

const mate = (agent: string, state: AgentState, used = 0): Teammate => ({ agent, name: agent, state, used, capacity: 4 });

const INBOX = {
  ...NOTHING_YET,
  team: [mate(ALICE!, "online"), mate("busy", "in_chat", 4), mate("two", "online", 2), mate("idle", "online"), mate("gone", "away"), mate("elsewhere", "online")],
  rooms: [
    { room: "general", name: "GENERAL", agents: [ALICE!, "busy", "two", "idle", "gone"] },
    { room: "repairs", name: "REPAIRS", agents: ["elsewhere", "busy"] },
    { room: "mine", name: "MINE", agents: [ALICE!] },
  ],
};

test("colleagues of the chat's room are offered, the idle first, those who cannot take it last", () => {
  const { agents } = targetsOf(INBOX, aCard("vera", "active", ALICE), ALICE!);
  expect(agents.map(({ mate, isFree }) => [mate.agent, isFree])).toEqual([["idle", true], ["two", true], ["gone", false], ["busy", false]]);
});

test("a room says how many others are free and here; oneself does not count", () => {
  const { rooms } = targetsOf(INBOX, aCard("vera", "active", ALICE), ALICE!);
  expect(rooms.map(({ name, free, here }) => [name, free, here])).toEqual([["GENERAL", 2, 3], ["REPAIRS", 1, 2], ["MINE", 0, 0]]);
});
