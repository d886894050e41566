import { expect, test, vi } from "vitest";
import { whereabouts } from "./panel";

test("of the page that the visitor looks at and of the one before, query and fragment stay there", () => {
  vi.stubGlobal("document", { title: "Basket", referrer: "https://shop.example/reset?token=secret#secret" });
  vi.stubGlobal("location", new URL("https://shop.example/basket?reset=secret#access_token=secret"));
  expect(whereabouts()).toEqual({ page: "https://shop.example/basket", title: "Basket", referrer: "https://shop.example/reset" });
  vi.unstubAllGlobals();
});
