import { expect, test } from "vitest";
import { isFewEmoji, pieces } from "./links";

const links = (text: string) => pieces(text).flatMap((piece) => (typeof piece === "string" ? [] : [piece.href]));
const whole = (text: string) => pieces(text).map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");

test("an address in a sentence is a link, the full stop is not", () => {
  expect(pieces("Look at https://acme.example/fjord?size=M. Nice!")).toEqual([
    "Look at ", { href: "https://acme.example/fjord?size=M", text: "https://acme.example/fjord?size=M" }, ". Nice!",
  ]);
  expect(links("(see http://acme.example/a_(b))")).toEqual(["http://acme.example/a_(b)"]);
  expect(links("www.acme.example, or vera@lindqvist.example!")).toEqual(["https://www.acme.example/", "mailto:vera@lindqvist.example"]);
});

test.each([
  "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox", "file:///etc/passwd",
  "ftp://acme.example", "intent://x#Intent;end", "http://", "https://", "https://[", "www.", "mailto:", "tel:+46", "sms:1",
])("%s leads nowhere", (text) => {
  expect(links(text)).toEqual([]);
  expect(whole(text)).toBe(text);
});

test("nothing but http, https and mailto comes out, whatever stands around it", () => {
  const schemes = ["javascript", "data", "vbscript", "file", "blob", "view-source", "https", "http", "mailto", "www.x"];
  const glue = [":", "://", ":\t//", "%3A//", ":\u202e//", ":\\\\", "&colon;"];
  for (const one of schemes) for (const other of schemes) for (const join of glue) {
    const text = `${one}${join}${other}${join}acme.example/"onload=x`;
    expect(whole(text)).toBe(text);
    for (const href of links(text)) expect(["http:", "https:", "mailto:"]).toContain(new URL(href).protocol);
  }
});

test("writing direction cannot dress an address up as another", () => {
  expect(pieces("https://acme.example/\u202egnp.exe")).toEqual([{ href: "https://acme.example/", text: "https://acme.example/" }, "\u202egnp.exe"]);
});

test("what is written is shown whole, character by character", () => {
  for (const text of ["", "no link", "a https://x.example b www.y.example c@d.example", "https://x.example.", "\n\nhttps://x.example\n"]) expect(whole(text)).toBe(text);
});

test("a long line without an address takes no time", () => {
  const text = "a@".repeat(2_500) + "https".repeat(1_000) + "a.".repeat(2_000);
  const before = performance.now();
  expect(whole(text)).toBe(text);
  expect(performance.now() - before).toBeLessThan(100);
});

test("few emoji are drawn large, words never", () => {
  for (const text of ["👍", "👩‍👩‍👧‍👦", "🇸🇪 🚲", "❤️", "👍🏽👍🏽", "1️⃣"]) expect(isFewEmoji(text), text).toBe(true);
  for (const text of ["", "ok 👍", "12", "#", "👍👍👍👍👍", ":-)"]) expect(isFewEmoji(text), text).toBe(false);
});
