import { expect, test } from "vitest";
import type { ToHost } from "../shared/bridge";
import { CHAT, cidOf } from "../shared/log_cast";
import type { Item } from "../shared/outbox_store";
import { safely } from "../shared/safe_storage";
import { type Host, NOBODY } from "./host";
import { Keepsake } from "./keepsake";

const ITEM: Item = { cid: cidOf(1), at: 0, failed: null, command: { t: "say", cid: cidOf(1), chat: CHAT, body: { kind: "text", text: "hi" } } };

function aHost(kept: string | null = null) {
  const told: ToHost[] = [];
  const host: Host = { ...NOBODY, kept, tell: (message) => void told.push(message) };
  return { host, told, keptLast: () => (told.at(-1) as Extract<ToHost, { do: "keep" }>).kept };
}
const allowed = () => {
  const map = new Map<string, string>();
  const storage = { getItem: (key: string) => map.get(key) ?? null, setItem: (key: string, value: string) => void map.set(key, value), removeItem: (key: string) => void map.delete(key) };
  return () => storage as Storage;
};
const forbidden = () => safely(() => {
  throw new DOMException("no", "SecurityError");
});

test("where the frame may store, the host page learns only that there is a chat", () => {
  const { host, told } = aHost();
  const keepsake = new Keepsake("room", safely(allowed()), host);
  keepsake.keep({ token: "secret" });
  keepsake.matters(true);
  expect(told.at(-1)).toEqual({ do: "keep", kept: null, has: true });
});

test("where it may not, the host page keeps token, chat and unsent messages for the next page", async () => {
  const { host, keptLast } = aHost();
  const keepsake = new Keepsake("room", forbidden(), host);
  keepsake.keep({ token: "secret", chat: CHAT });
  await keepsake.store().put(ITEM);
  const next = new Keepsake("room", forbidden(), aHost(keptLast()).host);
  expect([next.token, next.chat]).toEqual(["secret", CHAT]);
  expect(await next.store().all()).toEqual([ITEM]);
  await next.store().remove(ITEM.cid);
  expect(await next.store().all()).toEqual([]);
});

test("a tab without a visitor takes over the one that another tab has become", () => {
  const shared = allowed();
  const [one, other] = [new Keepsake("room", safely(shared), NOBODY), new Keepsake("room", safely(shared), NOBODY)];
  one.keep({ token: "first" });
  other.refresh();
  expect(other.token).toBe("first");
});

test("a visitor that the server disowns is forgotten, but not the next one that another tab has become", () => {
  const shared = allowed();
  const one = new Keepsake("room", safely(shared), NOBODY);
  one.keep({ token: "first", chat: CHAT });
  const other = new Keepsake("room", safely(shared), NOBODY);
  one.disown();
  expect([one.token, one.chat]).toEqual([null, null]);
  one.keep({ token: "second" });
  other.disown();
  expect([other.token, other.chat]).toEqual(["second", null]);
});

test("rubbish in the storage is nothing, not an error", () => {
  expect(new Keepsake("room", forbidden(), aHost("{not json").host).token).toBeNull();
});
