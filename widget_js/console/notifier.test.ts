import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { safely } from "../shared/safe_storage";
import { Notifier } from "./notifier";

class FakeNotification {
  static permission: NotificationPermission = "default";
  static open: string[] = [];
  static requestPermission = vi.fn(async () => (FakeNotification.permission = "granted"));
  onclick: (() => void) | null = null;

  constructor(readonly title: string, options: NotificationOptions) {
    FakeNotification.open.push(options.tag!);
  }

  close(): void {
    FakeNotification.open = FakeNotification.open.filter((tag) => !this.title.endsWith(tag));
  }
}

const nowhere = () => safely(() => {
  throw new Error("no storage");
});

beforeEach(() => {
  FakeNotification.permission = "default";
  FakeNotification.open = [];
  FakeNotification.requestPermission.mockClear();
  vi.stubGlobal("Notification", FakeNotification);
});
afterEach(() => vi.unstubAllGlobals());

test("nobody is asked until they press the button", async () => {
  const notifier = new Notifier(nowhere());
  notifier.tell("vera", "vera", "GENERAL", () => undefined);
  expect(FakeNotification.requestPermission).not.toHaveBeenCalled();
  expect(FakeNotification.open).toEqual([]);
  await notifier.ask();
  expect(notifier.permission.value).toBe("granted");
  notifier.tell("vera", "vera", "GENERAL", () => undefined);
  expect(FakeNotification.open).toEqual(["vera"]);
});

test("who refused is not asked again", async () => {
  FakeNotification.permission = "denied";
  await new Notifier(nowhere()).ask();
  expect(FakeNotification.requestPermission).not.toHaveBeenCalled();
});

test("a chat that somebody took calls no more", () => {
  FakeNotification.permission = "granted";
  const notifier = new Notifier(nowhere());
  for (const chat of ["vera", "eve"]) notifier.tell(chat, chat, "GENERAL", () => undefined);
  notifier.keepOnly(new Set(["eve"]));
  expect(FakeNotification.open).toEqual(["eve"]);
});

test("a browser that allows no notifications to pages breaks nothing", () => {
  FakeNotification.permission = "granted";
  vi.stubGlobal("Notification", Object.assign(() => { throw new TypeError("use the service worker"); }, { permission: "granted" }));
  expect(() => new Notifier(nowhere()).tell("vera", "vera", "GENERAL", () => undefined)).not.toThrow();
});
