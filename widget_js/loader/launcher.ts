import sheet from "./launcher.css";
import { words } from "./words";

const CHAT = "M4 12.5c0-4.4 3.6-7.5 8-7.5s8 3.1 8 7.5-3.6 7.5-8 7.5c-1.2 0-2.4-.2-3.4-.7L4.5 20.5l1-3.8A7.3 7.3 0 0 1 4 12.5zM8.5 12.5h.01M12 12.5h.01M15.5 12.5h.01";
const DOWN = "M6 9.5l6 6 6-6";
const ALLOW = "microphone; camera; display-capture; autoplay; fullscreen";

/** The button and the panel, drawn in a closed shadow root: no style of the page reaches in, no CSP or Trusted Types rule is broken. */
export interface Launcher {
  host: HTMLElement;
  button: HTMLButtonElement;
  /** The panel's frame; built at the first call. */
  frame(source: string, title: string): HTMLIFrameElement;
  draw(isOpen: boolean, unread: number): void;
}

export function drawLauncher(pressed: () => void): Launcher {
  const host = document.createElement("switchboard-chat");
  const root = host.attachShadow({ mode: "closed" });
  const style = new CSSStyleSheet();
  style.replaceSync(sheet);
  root.adoptedStyleSheets = [style];
  const dock = add(root, "div", "dock");
  const panel = add(dock, "div", "panel");
  const button = add(dock, "button", "launcher");
  button.type = "button";
  button.onclick = pressed;
  const draw = drawing(dock, panel, button);
  draw(false, 0);
  document.body.append(host);
  let frame: HTMLIFrameElement | undefined;
  return { host, button, draw, frame: (source, title) => (frame ??= framed(panel, source, title)) };
}

function drawing(dock: HTMLElement, panel: HTMLElement, button: HTMLElement): Launcher["draw"] {
  const path = icon(button);
  const badge = add(button, "span", "badge");
  badge.setAttribute("aria-hidden", "true");
  return (isOpen, unread) => {
    dock.classList.toggle("open", isOpen);
    panel.hidden = !isOpen;
    path.setAttribute("d", isOpen ? DOWN : CHAT);
    badge.hidden = isOpen || unread === 0;
    badge.textContent = unread > 99 ? "99+" : String(unread);
    button.setAttribute("aria-label", isOpen ? words.close : unread > 0 ? words.unread(unread) : words.open);
    button.setAttribute("aria-expanded", String(isOpen));
  };
}

function framed(panel: HTMLElement, source: string, title: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.allow = ALLOW;
  frame.src = source;
  panel.append(frame);
  return frame;
}

function add<K extends keyof HTMLElementTagNameMap>(parent: Node, tag: K, name: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = name;
  parent.appendChild(element);
  return element;
}

function icon(button: HTMLElement): SVGPathElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  button.append(svg);
  return path;
}
