import { describe, expect, test } from "vitest";
import type { Card, ChatStatus, Inbox, InboxChange, Teammate } from "../shared/protocol";
import { after, givenBetween, grouped, type InboxState, NOTHING_YET, takenBetween } from "./inbox";

const [ALICE, BEN] = ["alice", "ben"];

function card(chat: string, status: ChatStatus, minute: number, agent: string | null = null): Card {
  const since = new Date(Date.UTC(2026, 0, 5, 10, minute)).toISOString();
  const agent_name = agent === BEN ? "Ben" : agent === ALICE ? "Alice" : null;
  return { chat, room: "GENERAL", status, name: "Vera", question: "?", page: null, page_title: null, since, agent, agent_name, transferred_by: null, tags: [], rating: null };
}
const mate = (agent: string, used: number): Teammate => ({ agent, name: agent, state: "online", used, capacity: 4 });
const snapshot = (cards: Card[], offset = 0, epoch = "e"): Inbox => ({ t: "inbox", epoch, offset, cards, team: [mate(ALICE, 0), mate(BEN, 0)], rooms: [] });
const change = (offset: number, rest: Partial<InboxChange>): InboxChange => ({ t: "inbox_change", epoch: "e", offset, cards: [], gone: [], team: [], rooms: null, ...rest });
const played = (events: (Inbox | InboxChange)[]): InboxState => events.reduce(after, NOTHING_YET);

const STORY: InboxChange[] = [
  change(1, { cards: [card("a", "waiting", 1)] }),
  change(2, { cards: [card("b", "waiting", 2)], team: [mate(BEN, 1)] }),
  change(3, { cards: [card("a", "active", 3, BEN)] }),
  change(4, { gone: ["b"], cards: [card("c", "waiting", 4)] }),
  change(5, { cards: [card("a", "closed", 5, BEN)], team: [mate(BEN, 0)] }),
];

describe("snapshot + changes = new snapshot", () => {
  const whole = played([snapshot([]), ...STORY]);
  test.each([0, 1, 2, 3, 4, 5])("from after change %i on", (taken) => {
    const then = played([snapshot([]), ...STORY.slice(0, taken)]);
    const fresh = snapshot([...then.cards], taken);
    expect(played([{ ...fresh, team: [...then.team] }, ...STORY.slice(taken)])).toEqual(whole);
  });

  test("with every change heard twice", () => {
    expect(played([snapshot([]), ...STORY.flatMap((step) => [step, step])])).toEqual(whole);
  });
});

test("a gap, or another epoch, asks for the snapshot and takes nothing in until it comes", () => {
  const gap = played([snapshot([]), STORY[1]!]);
  expect(gap).toMatchObject({ isStale: true, cards: [] });
  expect(played([snapshot([]), { ...STORY[0]!, epoch: "f" }]).isStale).toBe(true);
  expect(after(gap, snapshot([card("z", "waiting", 0)], 9, "f"))).toMatchObject({ isStale: false, offset: 9, epoch: "f" });
});

test("who waits longest rings first; my chats and others' stand apart", () => {
  const cards = [
    card("late", "waiting", 9), card("early", "waiting", 2), card("mine", "active", 3, ALICE),
    card("bens", "active", 4, BEN), card("done", "closed", 5, ALICE), card("left", "abandoned", 5),
  ];
  const { ringing, mine, others, ended } = grouped(cards, ALICE);
  expect([ringing, mine, others, ended].map((group) => group.map(({ chat }) => chat))).toEqual([["early", "late"], ["mine"], ["bens"], ["done"]]);
});

test("a ringing chat that a colleague takes is told; what I take or what was never ringing here is not", () => {
  const before = played([snapshot([card("a", "waiting", 1), card("b", "waiting", 1)])]);
  const now = after(before, change(1, { cards: [card("a", "active", 2, BEN), card("b", "active", 2, ALICE), card("c", "active", 2, BEN)] }));
  expect(takenBetween(before, now, ALICE)).toEqual([{ chat: "a", by: "Ben", name: "Vera" }]);
});

test("what a colleague passed on rings before those who have waited longer", () => {
  const passedOn = { ...card("new", "waiting", 9), transferred_by: "Ben" };
  expect(grouped([card("old", "waiting", 1), passedOn], ALICE).ringing.map((card) => card.chat)).toEqual(["new", "old"]);
});

test("a chat that a colleague gives me is told; one that I answered, or that was mine at the start, is not", () => {
  const mine = { ...card("vera", "active", 1, ALICE), transferred_by: "Ben" };
  const toMe = (before: Card[]) => givenBetween(played([snapshot(before)]), played([snapshot(before), snapshot([mine])]), ALICE).map(({ by }) => by);
  expect(toMe([card("vera", "active", 1, BEN)])).toEqual(["Ben"]);
  expect(toMe([])).toEqual(["Ben"]);
  expect(toMe([{ ...card("vera", "waiting", 1), transferred_by: "Ben" }])).toEqual([]);
  expect(toMe([mine])).toEqual([]);
  expect(givenBetween(NOTHING_YET, played([snapshot([mine])]), ALICE)).toEqual([]);
});
