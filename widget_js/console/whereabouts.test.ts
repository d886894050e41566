import { expect, test } from "vitest";
import { hostOf } from "./whereabouts";

test.each([
  ["https://www.forum.example/threads/1", "www.forum.example"], ["HTTP://Shop.example:8080", "shop.example:8080"], ["https://vera@shop.example/", "shop.example"],
])("%s may be a link, of %s", (address, host) => expect(hostOf(address)).toBe(host));

test.each([
  "", "javascript:alert(1)", "JaVaScRiPt://shop.example/%0aalert(1)", " https://shop.example", "java\tscript:alert(1)", "//shop.example", "data:text/html,https://shop.example", "https://", "http://[", "shop.example",
  "blob:https://shop.example/1", "android-app://shop.example/",
])("%s is no link", (address) => expect(hostOf(address)).toBeNull());
