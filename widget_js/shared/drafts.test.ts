import { expect, test } from "vitest";
import { Drafts } from "./drafts";
import { safely } from "./safe_storage";

function aStorage(): Storage {
  const map = new Map<string, string>();
  return { getItem: (key: string) => map.get(key) ?? null, setItem: (key: string, value: string) => void map.set(key, value), removeItem: (key: string) => void map.delete(key) } as Storage;
}
const forbidden = (): Storage => {
  throw new DOMException("no", "SecurityError");
};

test("what is being written survives a reload", () => {
  const storage = aStorage();
  new Drafts(safely(() => storage)).of("chat").value = "half a sen";
  expect(new Drafts(safely(() => storage)).of("chat").value).toBe("half a sen");
});

test("a text that comes back stands before what was begun since", () => {
  const drafts = new Drafts(safely(forbidden));
  drafts.of("chat").value = "begun";
  drafts.giveBack("chat", "came back");
  expect(drafts.of("chat").value).toBe("came back\nbegun");
});

test("forbidden storage is no error, only forgetful", () => {
  const storage = safely(forbidden);
  storage.write("key", "value");
  expect(storage.lasting).toBe(false);
  expect(storage.read("key")).toBe("value");
  expect(safely(forbidden).read("key")).toBeNull();
});

test("storage that fills up keeps the page going", () => {
  const full = { ...aStorage(), setItem: (key: string) => { if (key !== "switchboard:probe") throw new DOMException("full", "QuotaExceededError"); } } as Storage;
  const storage = safely(() => full);
  storage.write("key", "value");
  expect(storage.read("key")).toBe("value");
});
