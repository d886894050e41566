import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Accent, brandOf, GROUNDS } from "./brand";
import { contrast, hexOf, parsed, toLch, toRgb } from "./colour";

const ours = [..."0369cf"].flatMap((red) => [..."0369cf"].flatMap((green) => [..."0369cf"].map((blue) => `#${red}${green}${blue}`)));
const ratio = (one: string, other: string) => contrast(parsed(one)!, parsed(other)!);

function legible(accent: Accent, grounds: readonly string[]): string[] {
  const pairs: [string, string, string][] = [
    ["label on the accent", accent.onAccent, accent.accent],
    ["label on the accent under the pointer", accent.onAccent, accent.hover],
    ["accent on its soft ground", accent.accent, accent.soft],
    ...grounds.map((ground): [string, string, string] => [`accent on ${ground}`, accent.accent, ground]),
  ];
  return pairs.flatMap(([what, one, other]) => (ratio(one, other) < 4.5 ? [`${what}: ${ratio(one, other).toFixed(2)}`] : []));
}

test.each(ours)("%s becomes an accent that everybody can read, light and dark", (colour) => {
  const brand = brandOf(colour)!;
  expect(legible(brand.light, GROUNDS.light)).toEqual([]);
  expect(legible(brand.dark, GROUNDS.dark)).toEqual([]);
});

test("a colour that is legible already stays what it is", () => {
  expect(brandOf("#0b6b6b")!.light.accent).toBe("#0b6b6b");
  expect(brandOf("#7a1fa2")!.light.accent).toBe("#7a1fa2");
});

test("hue stays: yellow does not become red", () => {
  const [yellow, accent] = ["#ffd400", brandOf("#ffd400")!.light.accent].map((colour) => toLch(parsed(colour)!).hue);
  expect(Math.abs(yellow! - accent!)).toBeLessThan(0.06);
});

test("ink on the soft ground is legible for every brand", () => {
  const worst = (scheme: "light" | "dark", ink: string) => Math.min(...ours.map((colour) => ratio(brandOf(colour)![scheme].soft, ink)));
  expect(worst("light", token("--ink", "light"))).toBeGreaterThan(7);
  expect(worst("dark", token("--ink", "dark"))).toBeGreaterThan(7);
});

test("what is no colour is no brand", () => {
  for (const nothing of ["", "red", "#12", "#12345g", "url(x)", "#fff; background: red"]) expect(brandOf(nothing)).toBeNull();
});

test("there and back is the same colour", () => {
  for (const colour of ["#000000", "#ffffff", "#0b6b6b", "#ff0000", "#123456"]) expect(hexOf(toRgb(toLch(parsed(colour)!)))).toBe(colour);
});

const sheet = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

function token(name: string, scheme: "light" | "dark"): string {
  const block = scheme === "light" ? sheet.slice(0, sheet.indexOf("}")) : sheet.slice(sheet.indexOf("dark)"));
  return new RegExp(`${name}: (#[0-9a-f]{6})`).exec(block)![1]!;
}

const mixed = (one: string, other: string, share: number) => hexOf(parsed(one)!.map((part, place) => part * share + parsed(other)![place]! * (1 - share)) as never);

test("the grounds of the guard are those of the tokens", () => {
  for (const scheme of ["light", "dark"] as const) {
    expect(GROUNDS[scheme]).toEqual([token("--surface", scheme), mixed(token("--line", scheme), token("--surface", scheme), 0.52)]);
  }
});

test.each(["light", "dark"] as const)("every colour of words is legible on every surface, %s", (scheme) => {
  const muted = mixed(token("--ink-2", scheme), token("--ink-3", scheme), 0.72);
  const words = { ink: token("--ink", scheme), "ink-2": token("--ink-2", scheme), muted, accent: token("--accent", scheme) };
  const surfaces = ["--paper", "--surface", "--sunken"].map((name) => token(name, scheme)).concat(GROUNDS[scheme]);
  const poor = Object.entries(words).flatMap(([name, ink]) => surfaces.flatMap((ground) => (ratio(ink, ground) < 4.5 ? [`${name} on ${ground}: ${ratio(ink, ground).toFixed(2)}`] : [])));
  for (const [ink, ground] of [["--online-ink", "--online-soft"], ["--ringing-ink", "--ringing-soft"], ["--danger-ink", "--danger-soft"], ["--on-danger", "--danger"], ["--on-accent", "--accent"], ["--accent", "--accent-soft"], ["--ink-inverse", "--ink"]] as const) {
    if (ratio(token(ink, scheme), token(ground, scheme)) < 4.5) poor.push(`${ink} on ${ground}`);
  }
  expect(poor).toEqual([]);
});
