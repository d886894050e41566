/** What the server wrote into the page for this app. */
export function readBoot<T>(): T {
  return JSON.parse(document.getElementById("boot")?.textContent ?? "null") as T;
}

export function socketUrl(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
