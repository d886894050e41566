import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CHAT, cidOf } from "./log_cast";
import type { Command } from "./protocol";
import { aSocket, FakeWire } from "./socket_cast";

const SAY: Command = { t: "say", cid: cidOf(1), chat: CHAT, body: { kind: "text", text: "hello" } };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeWire);
});
afterEach(() => vi.useRealTimers());

test("a connection without a welcome for 10 s is given up and made again", () => {
  const { socket } = aSocket();
  socket.start();
  vi.advanceTimersByTime(9_999);
  FakeWire.last.open();
  expect(FakeWire.all).toHaveLength(1);
  vi.advanceTimersByTime(500);
  expect(FakeWire.all).toHaveLength(2);
  expect(FakeWire.all[0]!.readyState).toBe(WebSocket.CLOSED);
});

test.each(["online", "visibilitychange"])("on %s a line that only seemed to live is found out", (moment) => {
  const { socket, links, happens } = aSocket();
  socket.start();
  FakeWire.last.welcome();
  happens(moment);
  expect(FakeWire.last.sent.at(-1)).toEqual({ t: "look" });
  vi.advanceTimersByTime(10_000);
  expect(links).toEqual(["live", "lost"]);
});

test("a silent line before somebody's eyes is asked once a minute, and an answer is enough", () => {
  const { socket, links } = aSocket();
  socket.start();
  FakeWire.last.welcome();
  for (let minute = 1; minute <= 3; minute++) {
    vi.advanceTimersByTime(60_000);
    expect(FakeWire.last.sent.filter((command) => command.t === "look")).toHaveLength(minute);
    FakeWire.last.hears({ t: "status", online: true, agents: [] });
  }
  expect(links).toEqual(["live"]);
  vi.advanceTimersByTime(70_000);
  expect(links).toEqual(["live", "lost"]);
});

test("a silent line that nobody looks at is left in peace", () => {
  const { socket, eyes } = aSocket();
  eyes.areHere = false;
  socket.start();
  FakeWire.last.welcome();
  vi.advanceTimersByTime(600_000);
  expect(FakeWire.last.sent).toHaveLength(1);
});

test("a command without an answer for 10 s is taken for a dead line", () => {
  const { socket, links } = aSocket();
  socket.start();
  FakeWire.last.welcome();
  socket.send(SAY);
  vi.advanceTimersByTime(9_999);
  expect(links).toEqual(["live"]);
  vi.advanceTimersByTime(500);
  expect(links).toEqual(["live", "lost"]);
  expect(FakeWire.all).toHaveLength(2);
});

test("an answered command leaves the line alone", () => {
  const { socket, links } = aSocket();
  socket.start();
  FakeWire.last.welcome();
  socket.send(SAY);
  socket.send({ t: "resume", chat: CHAT, after: 0 });
  FakeWire.last.hears({ t: "ack", cid: cidOf(1), chat: CHAT, seq: 1, at: "2026-01-05T10:00:00Z" });
  FakeWire.last.hears({ t: "refused", command: "resume", code: "busy", message: "", cid: null, chat: CHAT, retry_ms: 100 });
  vi.advanceTimersByTime(60_000);
  expect(links).toEqual(["live"]);
});
