import { expect, test, vi } from "vitest";
import { page } from "./panel";

test("of the page that the visitor looks at, query and fragment stay there", () => {
  vi.stubGlobal("location", new URL("https://shop.example/basket?reset=secret#access_token=secret"));
  expect(page()).toBe("https://shop.example/basket");
  vi.unstubAllGlobals();
});
