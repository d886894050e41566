import { vi } from "vitest";
import { shared as messages } from "../../languages/en.json";
import { speak } from "../shared/language";
import type { Card, ChatStatus, Event, Inbox, InboxChange, InboxRoom, Teammate, UUID } from "../shared/protocol";
import { FakeWire } from "../shared/socket_cast";
import { Desk } from "./desk";

speak({ language: "en", direction: "ltr", messages }, "en");

export const [ALICE, BEN] = ["alice", "ben"];

export function aCard(chat: UUID, status: ChatStatus, agent: UUID | null = null): Card {
  const agent_name = agent === BEN ? "Ben" : agent === ALICE ? "Alice" : null;
  return { chat, room: "GENERAL", status, name: "Vera", question: "?", page: null, page_title: null, since: "2026-01-05T10:00:00Z", agent, agent_name, transferred_by: null, tags: [], rating: null };
}

const TEAM: Teammate[] = [ALICE, BEN].map((agent) => ({ agent: agent!, name: agent!, state: "online", used: 0, capacity: 4 }));

const ROOMS: InboxRoom[] = [{ room: "general", name: "GENERAL", agents: [ALICE!, BEN!] }, { room: "repairs", name: "REPAIRS", agents: [BEN!] }];

export const snapshot = (cards: Card[]): Inbox => ({ t: "inbox", epoch: "e", offset: 0, cards, team: TEAM, rooms: ROOMS });
export const change = (offset: number, rest: Partial<InboxChange>): InboxChange => ({ t: "inbox_change", epoch: "e", offset, cards: [], gone: [], team: [], rooms: null, ...rest });

/** Alice's console without a page around it. */
export async function aDesk() {
  FakeWire.all = [];
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeWire);
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("document", { visibilityState: "visible", hasFocus: () => true });
  vi.stubGlobal("location", { href: "https://switchboard.example/console/acme", assign: vi.fn() });
  const boot = { tenant: { slug: "acme", name: "Acme" }, you: { agent: ALICE!, name: "Alice", email: "" }, socket: "/console/acme/socket", csrf: "" };
  const desk = new Desk(boot);
  await desk.begin();
  const connects = (...events: Event[]) => {
    FakeWire.last.open();
    for (const event of [{ t: "welcome_agent", agent: ALICE!, name: "Alice" } as const, ...events]) FakeWire.last.hears(event);
  };
  const resumed = () => FakeWire.last.sent.flatMap((command) => (command.t === "resume" ? [command.chat] : []));
  const followed = () => [...desk.conversations.logs.value.keys()];
  return { desk, connects, resumed, followed };
}
