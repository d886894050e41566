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

test("the first frame is hello, and nothing else goes out before the welcome", () => {
  const { socket, links } = aSocket();
  socket.start();
  FakeWire.last.open();
  expect(socket.send(SAY)).toBe(false);
  expect(FakeWire.last.sent).toEqual([{ t: "hello", token: "vera" }]);
  FakeWire.last.welcome();
  expect(socket.send(SAY)).toBe(true);
  expect(links).toEqual(["live"]);
});

test("a broken line comes back by itself and hears of nothing from the old one", () => {
  const { socket, heard } = aSocket();
  socket.start();
  const old = FakeWire.last.welcome();
  old.breaks();
  vi.advanceTimersByTime(200);
  expect(FakeWire.all).toHaveLength(2);
  old.hears({ t: "status", online: true, agents: [] });
  expect(heard.map((event) => event.t)).toEqual(["welcome_visitor"]);
});

test.each([1006, 1012, 4400, 4401, 4403])("close code %i comes back", (code) => {
  const { socket, refused } = aSocket();
  socket.start();
  FakeWire.last.welcome().breaks(code);
  vi.advanceTimersByTime(60_000);
  expect(FakeWire.all.length).toBeGreaterThan(1);
  expect(refused).not.toHaveBeenCalled();
});

test("told when to come back, it waits that long and no longer", () => {
  const { socket } = aSocket();
  socket.start();
  FakeWire.last.welcome().hears({ t: "bye", retry_ms: 1_700 });
  FakeWire.last.breaks(1012);
  vi.advanceTimersByTime(1_699);
  expect(FakeWire.all).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(FakeWire.all).toHaveLength(2);
});

test("what it was told holds once: a server that is not back yet is tried as ever", () => {
  const { socket } = aSocket();
  socket.start();
  FakeWire.last.welcome().hears({ t: "bye", retry_ms: 60_000 });
  FakeWire.last.breaks(1012);
  vi.advanceTimersByTime(60_000);
  FakeWire.last.breaks();
  vi.advanceTimersByTime(1_000);
  expect(FakeWire.all).toHaveLength(3);
});

test.each([4500, 4501, 4506])("close code %i never comes back, and somebody is told", (code) => {
  const { socket, refused, happens } = aSocket();
  socket.start();
  FakeWire.last.welcome().breaks(code);
  happens("online");
  vi.advanceTimersByTime(600_000);
  expect(FakeWire.all).toHaveLength(1);
  expect(refused).toHaveBeenCalledExactlyOnceWith(code);
  expect(socket.link).toBe("closed");
});

function attempted(opensAfter: number): void {
  vi.advanceTimersByTime(opensAfter);
  FakeWire.last.open();
  FakeWire.last.breaks(4504);
  vi.advanceTimersToNextTimer();
}

test("one 4504 comes back, because a late hello gets it too; the second in a row is the token", () => {
  const { socket, refused } = aSocket();
  socket.start();
  attempted(0);
  expect(FakeWire.all).toHaveLength(2);
  expect(refused).not.toHaveBeenCalled();
  attempted(0);
  expect(refused).toHaveBeenCalledExactlyOnceWith(4504);
  expect([FakeWire.all.length, socket.link]).toEqual([2, "closed"]);
});

test("hellos that went out late say nothing about the token", () => {
  const { socket, refused } = aSocket();
  socket.start();
  for (let turn = 0; turn < 5; turn++) attempted(6_000);
  FakeWire.last.welcome();
  expect(refused).not.toHaveBeenCalled();
  expect(socket.link).toBe("live");
});

test("a welcome in between clears the token", () => {
  const { socket, refused } = aSocket();
  socket.start();
  attempted(0);
  FakeWire.last.welcome().breaks();
  vi.advanceTimersByTime(1_000);
  attempted(0);
  expect(refused).not.toHaveBeenCalled();
});

test("after a refusal it opens again when asked to", () => {
  const { socket } = aSocket();
  socket.start();
  FakeWire.last.breaks(4501);
  socket.reopen();
  vi.advanceTimersByTime(1_000);
  FakeWire.last.welcome();
  expect(socket.link).toBe("live");
});

test.each(["online", "visibilitychange"])("on %s it comes back at once", (moment) => {
  const { socket, happens } = aSocket();
  socket.start();
  for (let breaks = 0; breaks < 6; breaks++) {
    FakeWire.last.breaks();
    vi.advanceTimersByTime(5_000);
  }
  FakeWire.last.breaks();
  const before = FakeWire.all.length;
  happens(moment);
  expect(FakeWire.all).toHaveLength(before + 1);
});

test("a server that welcomes and closes is not stormed", () => {
  const { socket } = aSocket();
  socket.start();
  for (let seconds = 0; seconds < 60; seconds++) {
    if (FakeWire.last.readyState === WebSocket.CONNECTING) FakeWire.last.welcome().breaks(4403);
    vi.advanceTimersByTime(1_000);
  }
  expect(FakeWire.all.length).toBeLessThan(30);
});

test("it leaves with the page and is there again when the page comes back from the cache", () => {
  const { socket, happens } = aSocket();
  happens("pageshow");
  expect(FakeWire.all).toHaveLength(0);
  socket.start();
  FakeWire.last.welcome();
  happens("pagehide");
  vi.advanceTimersByTime(60_000);
  expect(FakeWire.all).toHaveLength(1);
  expect(FakeWire.last.readyState).toBe(WebSocket.CLOSED);
  happens("pageshow");
  expect(FakeWire.all).toHaveLength(2);
});
