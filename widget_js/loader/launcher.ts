import { type Config, filled } from "./config";
import sheet from "./launcher.css";

const DOWN = "M6 9.5l6 6 6-6";
const ALLOW = "microphone;camera;display-capture;autoplay;fullscreen";
const COMES_BACK = 9;

// The button and the panel, in a closed shadow root: no style of the page reaches in, no CSP or Trusted Types rule is broken.
// One per page, so they are the module's: that is what lets the loader stay small.
let config: Config;
let panel: HTMLElement;
let shape: Element;
let badge: HTMLElement;
export let host: HTMLElement;
export let button: HTMLButtonElement;

/** `cameBack`: the page took the launcher out and it is there again, its frame loading anew. */
export function build(facts: Config, cameBack: () => void): void {
  config = facts;
  host = document.createElement("switchboard-chat");
  const root = host.attachShadow({ mode: "closed" });
  const style = new CSSStyleSheet();
  style.replaceSync(sheet + (config.css ?? ""));
  root.adoptedStyleSheets = [style];
  const dock = add(root, "div");
  dock.dir = config.dir ?? "";
  panel = add(dock, "section");
  // What is fixed reaches under the on-screen keyboard; the sheet heeds this on phones only. Zooming in changes nothing.
  const seen = visualViewport;
  seen?.addEventListener("resize", () => panel.style.setProperty("--seen", `${seen.height * seen.scale}px`));
  button = add(dock, "button");
  const svg = button.appendChild(drawn("svg"));
  set(svg, "viewBox", "0 0 24 24");
  shape = svg.appendChild(drawn("path"));
  badge = add(button, "span");
  stay(cameBack);
}

/** Beside the body, not in it: single-page apps replace bodies, and in a transformed one nothing is fixed. */
function stay(cameBack: () => void): void {
  const page = document.documentElement;
  let left = COMES_BACK; // a page that insists gets its way
  const observer = new MutationObserver(() => {
    if (host.isConnected || left-- < 1) return;
    page.append(host);
    cameBack();
  });
  page.append(host);
  observer.observe(page, { childList: true });
}

/** `isReady`: there is something in the panel that can close it. */
export function draw(isOpen: boolean, isReady: boolean, unread: number): void {
  const { words, icon } = config;
  panel.hidden = !isOpen;
  button.className = isOpen && isReady ? "spare" : "";
  set(shape, "d", isOpen ? DOWN : icon);
  badge.textContent = isOpen || !unread ? "" : unread > 99 ? "99+" : `${unread}`;
  set(button, "aria-label", isOpen ? words.close : unread ? filled(words.unread, unread) : words.open);
  set(button, "aria-expanded", `${isOpen}`);
}

/** The frame in the panel. */
export function framed(source: string, title: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.allow = ALLOW;
  frame.src = source;
  panel.append(frame);
  return frame;
}

function add<K extends keyof HTMLElementTagNameMap>(parent: Node, tag: K): HTMLElementTagNameMap[K] {
  return parent.appendChild(document.createElement(tag));
}

function drawn(name: string): Element {
  return document.createElementNS("http://www.w3.org/2000/svg", name);
}

function set(element: Element, name: string, value: string): void {
  element.setAttribute(name, value);
}
