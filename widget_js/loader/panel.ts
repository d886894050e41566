import { SEAL, type ToFrame, type ToHost, unsealed } from "../shared/bridge";
import { drawLauncher, type Launcher } from "./launcher";
import { recall, remember } from "./memory";
import { words } from "./words";

export interface Config {
  origin: string;
  room: string;
  business: string;
}

export type Told = "open" | "close" | "message" | "unread";

interface Memory {
  kept: string | null;
  has: boolean;
}

const NOTHING: Memory = { kept: null, has: false };

// One per page, so its state is the module's: that is what lets the loader stay small.
let config: Config;
let tell: (event: Told, detail?: unknown) => void;
let launcher: Launcher;
let frame: HTMLIFrameElement | undefined;
let isOpen = false;
let isReady = false;
let takesFocus = false;
let unread = 0;

/** Draws the launcher; from then on what the frame says is passed on. */
export function startPanel(room: Config, listener: typeof tell): void {
  config = room;
  tell = listener;
  launcher = drawLauncher(() => (isOpen ? close() : open()));
  addEventListener("message", heard);
  addEventListener("keydown", pressed);
  if (recall("sessionStorage", key()) !== null) show();
  else if (memory().has) whenIdle(build);
}

export function open(): void {
  if (isOpen) return;
  show();
  takesFocus = true;
  focus();
  tell("open");
}

export function close(): void {
  if (!isOpen) return;
  isOpen = takesFocus = false;
  remember("sessionStorage", key(), null);
  draw();
  say({ do: "hidden" });
  launcher.button.focus();
  tell("close");
}

function show(): void {
  isOpen = true;
  remember("sessionStorage", key(), "open");
  draw();
  build();
  if (isReady) say({ do: "shown", page: page() });
}

function build(): HTMLIFrameElement {
  const { origin, room, business } = config;
  return (frame ??= launcher.frame(`${origin}/c/${encodeURIComponent(room)}?frame=1`, words.panel(business)));
}

function heard(event: MessageEvent): void {
  if (event.origin !== config.origin || !frame || event.source !== frame.contentWindow) return;
  const message = unsealed<ToHost>(event.data);
  if (message === null) return;
  if (message.do === "ready") greet();
  else if (message.do === "close") close();
  else if (message.do === "unread") count(message.count);
  else if (message.do === "keep") store({ kept: message.kept, has: message.has });
  else if (message.do === "event") tell(message.name, { from: message.from });
}

function greet(): void {
  isReady = true;
  say({ do: "init", kept: memory().kept, open: isOpen, page: page() });
  focus();
}

/** Not before it is loaded: a frame that is focused while it loads never gets the keys. */
function focus(): void {
  if (takesFocus && isReady) frame?.focus();
}

function count(now: number): void {
  if (now === unread) return;
  unread = now;
  draw();
  tell("unread", { count: now });
}

function pressed(event: KeyboardEvent): void {
  const { activeElement, body } = document;
  const isOurs = activeElement === launcher.host || activeElement === body || activeElement === null;
  if (event.key === "Escape" && isOurs && !event.defaultPrevented) close();
}

function say(message: ToFrame): void {
  frame?.contentWindow?.postMessage({ ...SEAL, ...message }, config.origin);
}

function draw(): void {
  launcher.draw(isOpen, unread);
}

function memory(): Memory {
  try {
    return JSON.parse(recall("localStorage", key())!) ?? NOTHING;
  } catch {
    return NOTHING;
  }
}

function store(memory: Memory): void {
  remember("localStorage", key(), memory.kept === null && !memory.has ? null : JSON.stringify(memory));
}

function key(): string {
  return `switchboard:${config.room}`;
}

/** Without query and fragment: they may hold secrets of the tenant's customers. */
export function page(): string {
  return location.origin + location.pathname;
}

function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 3_000 });
  else setTimeout(work, 500);
}
