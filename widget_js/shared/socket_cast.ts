import { vi } from "vitest";
import type { Command, Event } from "./protocol";
import { type Link, Socket } from "./socket";

/** A WebSocket in the hands of the test. */
export class FakeWire {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static all: FakeWire[] = [];
  readyState: number = FakeWire.CONNECTING;
  readonly sent: Command[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;

  constructor(readonly url: string) {
    FakeWire.all.push(this);
  }

  static get last(): FakeWire {
    return FakeWire.all.at(-1)!;
  }

  send(frame: string): void {
    this.sent.push(JSON.parse(frame) as Command);
  }

  close(): void {
    this.readyState = FakeWire.CLOSED;
  }

  open(): void {
    this.readyState = FakeWire.OPEN;
    this.onopen?.();
  }

  hears(event: Event): void {
    this.onmessage?.({ data: JSON.stringify(event) });
  }

  welcome(): this {
    this.open();
    this.hears({ t: "welcome_visitor", business: "Acme Bikes", room: "GENERAL" });
    return this;
  }

  breaks(code = 1006): void {
    this.readyState = FakeWire.CLOSED;
    this.onclose?.({ code });
  }
}

export function aSocket() {
  FakeWire.all = [];
  const page = new EventTarget();
  const links: Link[] = [];
  const heard: Event[] = [];
  const refused = vi.fn();
  const eyes = { areHere: true };
  const socket = new Socket(
    {
      url: () => "wss://acme.example/c/room/socket",
      hello: () => ({ t: "hello", token: "vera" }),
      received: (event) => void heard.push(event),
      changed: (link) => void links.push(link),
      refused,
    },
    { page, isVisible: () => eyes.areHere, random: () => 0.5, connect: (url) => new FakeWire(url) as unknown as WebSocket },
  );
  const happens = (name: string) => page.dispatchEvent(new Event(name));
  return { socket, links, heard, refused, happens, eyes };
}
