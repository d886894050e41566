import { vi } from "vitest";
import { Drafts } from "../shared/drafts";
import { type SafeStorage, safely } from "../shared/safe_storage";
import { FakeWire } from "../shared/socket_cast";
import { type Host, NOBODY } from "./host";
import { Keepsake } from "./keepsake";
import { Visit } from "./visit";

/** A browser without a page: what the server says to a new visitor is `answers`, in turn. */
export function aBrowser(...answers: Response[]) {
  FakeWire.all = [];
  const asked = vi.fn(() => Promise.resolve(answers.shift() ?? new Response("", { status: 404 })));
  vi.stubGlobal("fetch", asked);
  vi.stubGlobal("WebSocket", FakeWire);
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("document", { visibilityState: "visible" });
  vi.stubGlobal("location", { href: "https://switchboard.example/c/room" });
  const kept = safely(() => { throw new Error("forbidden"); });
  return { asked, kept };
}

export function aVisit(kept: SafeStorage, host: Host = NOBODY) {
  const boot = { room: { token: "room", name: "GENERAL" }, business: "Acme", socket: "/c/room/socket", frame: false, words: "", later: "" };
  const drafts = new Drafts(safely(() => { throw new Error("forbidden"); }));
  const keepsake = new Keepsake("room", kept, host);
  return { visit: new Visit(boot, host, keepsake, drafts), drafts, keepsake };
}

export const newcomer = (token: string) => Response.json({ token }, { status: 201 });

/** The next connection that is asked for, once it is. */
export async function wire(place: number): Promise<FakeWire> {
  await vi.waitFor(() => {
    if (FakeWire.all.length < place) throw new Error("not yet");
  }, { timeout: 3_000 });
  return FakeWire.all[place - 1]!;
}

export async function turnsAway(place: number): Promise<void> {
  const line = await wire(place);
  line.open();
  line.breaks(4504);
}

export async function sentOn(line: FakeWire, kind: string): Promise<Record<string, unknown>> {
  return vi.waitFor(() => {
    const command = line.sent.find((one) => one.t === kind);
    if (command === undefined) throw new Error("not yet");
    return command as unknown as Record<string, unknown>;
  });
}
