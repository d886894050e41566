import { SEAL, type ToFrame, type ToHost, unsealed, type Whereabouts } from "../shared/bridge";
import { type Config, filled, type Words } from "./config";
import { build, button, draw, framed, host } from "./launcher";

export type Told = "open" | "close" | "message" | "unread";

const HAS = "+";

// One per page, so its state is the module's: that is what lets the loader stay small.
let config: Config;
let tell: (event: Told, detail?: unknown) => void;
let frame: HTMLIFrameElement | undefined;
let isOpen = false;
let isReady = false;
let takesFocus = false;
let unread = 0;
let language: string;

const answers: { [M in ToHost as M["do"]]?: (message: M) => void } = {
  ready: greet,
  close,
  unread: ({ count }) => {
    unread = count;
    redraw();
    tell("unread", { count });
  },
  // A mark that there is a chat, and what the frame cannot keep itself.
  keep: ({ kept, has }) => stored("localStorage", (has ? HAS : kept ? "-" : "") + (kept ?? "")),
  event: ({ name, from }) => tell(name, { from }),
};

/** Draws the launcher; from then on what the frame says is passed on. */
export function startPanel(room: Config, listener: typeof tell): void {
  config = room;
  tell = listener;
  build(config, () => (isReady = false));
  redraw();
  button.onclick = () => (isOpen ? close() : open());
  config.hover?.(button, show, open);
  addEventListener("message", heard);
  addEventListener("keydown", typed);
  // The page may change without loading. The keys leave it before the visitor can write, also where a browser tells nothing.
  addEventListener("blur", where);
  (window as { navigation?: EventTarget }).navigation?.addEventListener("currententrychange", where);
  language = document.documentElement.lang;
  if (language && !language.startsWith(config.words.language)) setLanguage(language);
  if (stored("sessionStorage")) show();
  else if (stored("localStorage")?.[0] === HAS) {
    // Safari has only the latter, which takes that for "at once".
    (window.requestIdleCallback ?? setTimeout)(load, { timeout: 3_000 } as never);
  }
}

export function open(): void {
  show();
  takesFocus = true;
  focus();
}

export function close(): void {
  if (!isOpen) return;
  isOpen = takesFocus = false;
  stored("sessionStorage", "");
  redraw();
  say({ do: "hidden" });
  button.focus();
  tell("close");
}

/** The server knows which of our languages a tag means. What cannot be loaded leaves the words as they were. */
export function setLanguage(tag: string): void {
  language = tag;
  say({ do: "language", language });
  import(`${config.origin}/words/loader/${tag}`).then(
    ({ default: words }: { default: Words }) => {
      config.words = words;
      redraw();
    },
    () => 0,
  );
}

function show(): void {
  if (isOpen) return;
  isOpen = true;
  stored("sessionStorage", "open");
  redraw();
  load();
  where();
  tell("open");
}

function load(): void {
  const { origin, room, business, words, color } = config;
  // Not there at the last try: perhaps now.
  if (frame && !isReady) frame.src = frame.src;
  frame ??= framed(`${origin}/c/${room}?frame=1&lang=${language}&color=${color ?? ""}`, filled(words.panel, business));
}

function heard({ origin, source, data }: MessageEvent): void {
  if (origin !== config.origin || !frame || source !== frame.contentWindow) return;
  const message = unsealed<ToHost>(data);
  if (message) answers[message.do]?.(message as never);
}

function greet(): void {
  isReady = true;
  redraw();
  say({ do: "init", kept: stored("localStorage")?.slice(1) || null, open: isOpen, language, ...whereabouts() });
  focus();
}

/** Not before it is loaded: a frame that is focused while it loads never gets the keys. */
function focus(): void {
  if (takesFocus && isReady) frame?.focus();
}

function typed({ key, defaultPrevented }: KeyboardEvent): void {
  const isOurs = [host, document.body, null].includes(document.activeElement as HTMLElement);
  if (key === "Escape" && isOurs && !defaultPrevented) close();
}

function where(): void {
  if (isOpen) say({ do: "shown", ...whereabouts() });
}

/** Not before it has greeted: it may be another site's page then, or one without an origin, and browsers complain about that. */
function say(message: ToFrame): void {
  if (isReady) frame?.contentWindow?.postMessage({ ...SEAL, ...message }, config.origin);
}

function redraw(): void {
  draw(isOpen, isReady, unread);
}

/** What this tab or this device has for the room, or `value` in its place; "" takes it away. A page may forbid storage: then nothing is. */
function stored(kind: "localStorage" | "sessionStorage", value?: string): string | null | undefined {
  const key = `switchboard:${config.room}`;
  try {
    const storage = window[kind];
    if (value === undefined) return storage.getItem(key);
    if (value) storage.setItem(key, value);
    else storage.removeItem(key);
  } catch {
    // forbidden or full: the chat works without
  }
  return null;
}

/** Without query and fragment: they may hold secrets of the tenant's customers. */
export function whereabouts(): Whereabouts {
  const { title, referrer } = document;
  return { page: location.origin + location.pathname, title, referrer: referrer.split(/[?#]/)[0]! };
}
