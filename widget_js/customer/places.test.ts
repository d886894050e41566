import { expect, test } from "vitest";
import { Places } from "./places";

/** A browser's history: `go` is heard of later, as popstate. */
function aBrowser(refuses = false) {
  const page = new EventTarget();
  const states: unknown[] = [null];
  const gone: number[] = [];
  let at = 0;
  const entries = {
    get state() { return states[at]; },
    pushState(state: unknown) {
      if (refuses) throw new DOMException("too often", "SecurityError");
      states.splice(++at, states.length, structuredClone(state));
    },
    go(by = 0) {
      gone.push(by);
      at += by;
      page.dispatchEvent(Object.assign(new Event("popstate"), { state: states[at] }));
    },
  };
  return { page, entries, gone };
}

test("Back leads out of one place after the other", () => {
  const { page, entries } = aBrowser();
  const places = new Places(entries, page);
  places.enter("panel");
  places.enter("earlier");
  places.enter("past 1");
  entries.go(-1);
  expect(places.now.value).toEqual(["panel", "earlier"]);
  entries.go(-1);
  expect(places.now.value).toEqual(["panel"]);
  entries.go(-1);
  expect(places.now.value).toEqual([]);
});

test("leaving by a button goes back over what was entered from there, and no further", () => {
  const { page, entries, gone } = aBrowser();
  const places = new Places(entries, page);
  places.enter("panel");
  places.enter("earlier");
  places.enter("past 1");
  places.leave("earlier");
  expect([places.now.value, gone]).toEqual([["panel"], [-2]]);
  places.leave("earlier");
  expect(gone).toEqual([-2]);
});

test("Forward leads in again, and a reload stays where it was", () => {
  const { page, entries } = aBrowser();
  const places = new Places(entries, page);
  places.enter("earlier");
  expect(new Places(entries, page).top).toBe("earlier");
  entries.go(-1);
  entries.go(1);
  expect(places.top).toBe("earlier");
});

test("where the browser refuses an entry, nothing is gone back over", () => {
  const { page, entries, gone } = aBrowser(true);
  const places = new Places(entries, page);
  places.enter("earlier");
  expect(places.top).toBe("earlier");
  places.leave("earlier");
  expect([places.now.value, gone]).toEqual([[], []]);
});

test("entering a place twice is entering it once", () => {
  const { page, entries, gone } = aBrowser();
  const places = new Places(entries, page);
  places.enter("earlier");
  places.enter("earlier");
  places.leave("earlier");
  expect([places.now.value, gone]).toEqual([[], [-1]]);
});

test("whence the person came back is told once, and not while they go on", () => {
  const { page, entries } = aBrowser();
  const places = new Places(entries, page);
  places.enter("earlier");
  places.enter("past 1");
  expect(places.takeLeft()).toBeNull();
  places.leave("past 1");
  expect([places.takeLeft(), places.takeLeft()]).toEqual(["past 1", null]);
  entries.go(-1);
  places.enter("mail");
  expect(places.takeLeft()).toBeNull();
});
