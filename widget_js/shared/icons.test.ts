import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FIRST_ICONS } from "./first_icons";
import { MORE_ICONS } from "./more_icons";

/** Files of the widget whose icons are drawn before customer/parts.ts is there. */
const FIRST = [
  ...["chat", "form", "header", "more", "shut_out", "waiting"].map((name) => `customer/${name}.tsx`),
  ...["bubble", "composer", "thread", "files/composer", "files/tools"].map((name) => `shared/${name}.tsx`),
];
const NAMED = /icon[=:] ?"(\w+)"|icon[=:] ?\{?\w+ \? "(\w+)" : "(\w+)"|<Icon name="(\w+)"/g;

const iconsOf = (path: string) => [...readFileSync(new URL(`../${path}`, import.meta.url), "utf8").matchAll(NAMED)].flatMap((found) => found.slice(1).filter(Boolean));

test("what a chat of plain text draws is there from the start", () => {
  const ofNotices = ["info", "check", "warn"];
  const drawn = [...FIRST.flatMap(iconsOf), ...ofNotices];
  expect(drawn).toContain("emoji");
  for (const name of drawn) expect(FIRST_ICONS).toHaveProperty(name);
});

test("no icon is drawn twice over, and all views of the widget are looked at here", () => {
  for (const name of Object.keys(MORE_ICONS)) expect(FIRST_ICONS).not.toHaveProperty(name);
  const later = ["after_chat", "earlier", "forget", "mail_dialog", "stars_field"];
  const plain = ["app", "faces", "field", "later", "main"];
  const views = readdirSync(new URL("../customer", import.meta.url)).filter((name) => name.endsWith(".tsx"));
  expect(views.filter((name) => !FIRST.includes(`customer/${name}`)).sort()).toEqual([...later, ...plain].map((name) => `${name}.tsx`).sort());
});
