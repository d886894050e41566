import { expect, test } from "vitest";
import { language } from "../language";
import { endingOf, isPicture, sizeOf } from "./size";

language.value = "en";

test.each([
  [1, "1 byte"], [812, "812 bytes"], [240_000, "240 kB"], [999_499, "999 kB"], [1_430_000, "1.4 MB"], [20_971_520, "21 MB"],
])("%d bytes read as %s", (bytes, shown) => expect(sizeOf(bytes)).toBe(shown));

test.each([["Fjord-3 sizing.pdf", "PDF"], ["archive.tar.gz", "GZ"], ["README", null], [".profile", null], ["a.toolongending", null]])(
  "the ending of %s is %s", (name, ending) => expect(endingOf(name)).toBe(ending),
);

test("only plain pictures are drawn before they are sent", () => {
  expect(["image/png", "image/jpeg", "image/svg+xml", "text/html", ""].map(isPicture)).toEqual([true, true, false, false, false]);
});
