import { afterEach, expect, test, vi } from "vitest";
import { Observable } from "../shared/observable";
import type { ToHost } from "../shared/bridge";
import { type Host, NOBODY } from "./host";
import { backClosesPanel, endAboveKeyboard } from "./phone";
import { Places } from "./places";

afterEach(() => vi.unstubAllGlobals());

function aPanel(isTouched: boolean) {
  vi.stubGlobal("matchMedia", () => ({ matches: isTouched }));
  vi.stubGlobal("innerWidth", 390);
  const page = new EventTarget();
  const states: unknown[] = [null];
  const entries = {
    state: null,
    pushState: (state: unknown) => void states.push(state),
    go: (by = 0) => {
      states.splice(states.length + by);
      page.dispatchEvent(Object.assign(new Event("popstate"), { state: states.at(-1) }));
    },
  };
  const told: ToHost[] = [];
  const shown = new Observable(false);
  // As the loader does: a panel that closes is hidden at once.
  const tell = (message: ToHost) => {
    told.push(message);
    if (message.do === "close") shown.value = false;
  };
  const host: Host = { ...NOBODY, isThere: true, shown, tell };
  backClosesPanel(host, new Places(entries, page));
  return { shown, told, states, back: () => entries.go(-1) };
}

test("on a phone Back closes the open panel", () => {
  const { shown, told, states, back } = aPanel(true);
  shown.value = true;
  expect(states).toHaveLength(2);
  back();
  expect([told, shown.value, states]).toEqual([[{ do: "close" }], false, [null]]);
});

test("closing it by its button takes the entry back, and says nothing twice", () => {
  const { shown, told, states } = aPanel(true);
  for (let times = 0; times < 3; times++) {
    shown.value = true;
    shown.value = false;
  }
  expect([told, states]).toEqual([[], [null]]);
});

test("under a mouse it is no place of its own", () => {
  const { shown, states } = aPanel(false);
  shown.value = true;
  expect(states).toEqual([null]);
});

test("the page ends where the keyboard begins", () => {
  const view = Object.assign(new EventTarget(), { height: 844, offsetTop: 0, scale: 1 });
  const set = new Map<string, string>();
  const root = { style: { setProperty: (name: string, value: string) => void set.set(name, value) } };
  endAboveKeyboard(view as unknown as VisualViewport, root as unknown as HTMLElement);
  Object.assign(view, { height: 460, offsetTop: 12 }).dispatchEvent(new Event("resize"));
  Object.assign(view, { height: 200, scale: 2 }).dispatchEvent(new Event("resize"));
  expect(Object.fromEntries(set)).toEqual({ "--seen": "460px", "--seen-from": "12px" });
});
