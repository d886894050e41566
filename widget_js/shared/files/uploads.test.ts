import "fake-indexeddb/auto";
import { afterEach, expect, test, vi } from "vitest";
import { CHAT } from "../log_cast";
import { LARGEST_FILE, type SentFile, type UUID } from "../protocol";
import { type Door, Refusal } from "./door";
import { openParcels, type ParcelStore } from "./upload_store";
import { type Staged, Uploads } from "./uploads";

const staged = (name: string): Staged => ({ name, blob: new Blob([name]), seconds: null });
const fact = (name: string, state: SentFile["state"] = "ready"): SentFile =>
  ({ kind: "file", file: `file-${name}`, name, media_type: "application/octet-stream", size: 1, width: null, height: null, seconds: null, state });

/** A server that takes what it is told to take. */
function aServer(answers: (name: string) => SentFile | Refusal = (name) => fact(name)) {
  const tried: string[] = [];
  const said: [UUID, string][] = [];
  const waiting: (() => void)[] = [];
  const state = { holds: false, found: "ready" as SentFile["state"] };
  const door: Door = {
    send: async (_chat, name, _blob, progress) => {
      tried.push(name);
      progress(0.5);
      if (state.holds) await new Promise<void>((resolve) => waiting.push(resolve));
      const answer = answers(name);
      if (answer instanceof Refusal) throw answer;
      return answer;
    },
    find: async (_chat, file) => ({ file: { ...fact(file.slice(5)), state: state.found }, url: null, ends: null }),
  };
  const uploads = new Uploads(door, (_chat, cid, body) => void said.push([cid, body.file]));
  return { uploads, tried, said, state, go: () => waiting.splice(0).forEach((one) => one()) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

async function until(fact: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400 && !fact(); turn++) await settled();
  expect(fact()).toBe(true);
}

afterEach(() => vi.useRealTimers());

test("files go up one after the other and are said in that order", async () => {
  const { uploads, said, state, tried, go } = aServer();
  state.holds = true;
  uploads.connected();
  uploads.add(CHAT, [staged("one"), staged("two")]);
  await until(() => tried.length === 1);
  expect(uploads.items.value.map((item) => item.share)).toEqual([0.5, 0]);
  go();
  await until(() => tried.length === 2);
  go();
  await until(() => said.length === 2);
  expect(said.map(([, file]) => file)).toEqual(["file-one", "file-two"]);
  expect(uploads.items.value).toEqual([]);
});

test("without a line nothing goes up; with it everything does", async () => {
  const { uploads, tried, said } = aServer();
  uploads.add(CHAT, [staged("one")]);
  await settled();
  expect(tried).toEqual([]);
  uploads.connected();
  await until(() => said.length === 1);
});

test("what is too large for the server is not even tried", async () => {
  const { uploads, tried } = aServer();
  uploads.connected();
  uploads.add(CHAT, [{ ...staged("film"), blob: { size: LARGEST_FILE + 1 } as Blob }]);
  await settled();
  expect(tried).toEqual([]);
  expect(uploads.items.value[0]?.failed).toBe("too_large");
});

test("a refusal for good stays with its code, lets the next one pass, and is tried again by hand", async () => {
  const answers = { one: true };
  const { uploads, said } = aServer((name) => (name === "one" && answers.one ? new Refusal("too_many_pixels", null) : fact(name)));
  uploads.connected();
  uploads.add(CHAT, [staged("one"), staged("two")]);
  await until(() => said.length === 1);
  expect(uploads.items.value.map((item) => [item.name, item.failed])).toEqual([["one", "too_many_pixels"]]);
  answers.one = false;
  uploads.tryAgain(uploads.items.value[0]!.cid);
  await until(() => said.length === 2);
});

test("a refusal for now is tried again by itself", async () => {
  let times = 0;
  const { uploads, said, tried } = aServer((name) => (times++ === 0 ? new Refusal("unavailable", 0.01) : fact(name)));
  uploads.connected();
  uploads.add(CHAT, [staged("one")]);
  await until(() => said.length === 1);
  expect(tried).toEqual(["one", "one"]);
});

test("what is taken back while it goes up is not said", async () => {
  const { uploads, said, state, tried, go } = aServer();
  state.holds = true;
  uploads.connected();
  uploads.add(CHAT, [staged("one"), staged("two")]);
  await until(() => tried.length === 1);
  expect(uploads.remove(uploads.items.value[0]!.cid)).toBe(true);
  await until(() => tried.length === 2);
  go();
  await until(() => said.length === 1);
  expect(said[0]![1]).toBe("file-two");
});

test("a held file is said once it has passed, and failed when a virus was found", async () => {
  for (const [found, expected] of [["ready", null], ["infected", "infected"]] as const) {
    const { uploads, said, state } = aServer((name) => fact(name, "held"));
    state.found = found;
    uploads.connected();
    uploads.add(CHAT, [staged("one")]);
    await until(() => uploads.items.value[0]?.isHeld === true);
    await until(() => said.length === 1 || uploads.items.value[0]?.failed !== null);
    expect([said.length, uploads.items.value[0]?.failed ?? null]).toEqual([expected === null ? 1 : 0, expected]);
  }
});

test("a tab that was closed leaves its files to the next one, and two tabs send them once", async () => {
  const store: ParcelStore = await openParcels("vera");
  const closed = aServer();
  await closed.uploads.open(store);
  closed.uploads.add(CHAT, [staged("one")]);
  await until(() => closed.uploads.items.value.length === 1);
  await settled();
  const [second, third] = [aServer(), aServer()];
  await second.uploads.open(await openParcels("vera"));
  await third.uploads.open(await openParcels("vera"));
  expect(second.uploads.items.value.map((item) => item.name)).toEqual(["one"]);
  second.uploads.connected();
  await until(() => second.said.length === 1);
  await until(() => second.uploads.items.value.length === 0);
  third.uploads.connected();
  await until(() => third.uploads.items.value.length === 0);
  expect(third.said).toEqual([]);
});

test("what is attached before the database is open, or while it is full, is sent all the same", async () => {
  const full: ParcelStore = { all: async () => [], has: async () => false, put: () => Promise.reject(new Error("full")), remove: async () => undefined };
  for (const store of [full, await openParcels("eve")]) {
    const { uploads, said } = aServer();
    uploads.add(CHAT, [staged("one")]);
    await uploads.open(store);
    uploads.add(CHAT, [staged("two")]);
    uploads.connected();
    await until(() => said.length === 2);
  }
});

test("what was uploaded but not said is said without a second upload", async () => {
  const store = await openParcels("ben");
  const parcel = { cid: "0190a0b0-0000-7000-8000-00000000f001", chat: CHAT, name: "one", blob: new Blob(["x"]), at: 1, seconds: null, sent: fact("one") };
  await store.put(parcel);
  const { uploads, tried, said } = aServer();
  await uploads.open(await openParcels("ben"));
  uploads.connected();
  await until(() => said.length === 1);
  expect(tried).toEqual([]);
  expect(said).toEqual([[parcel.cid, "file-one"]]);
});
