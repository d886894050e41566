import { close, type Config, open, startPanel, type Told } from "./panel";
import { words } from "./words";

type Listener = (detail?: unknown) => void;
type Call = ArrayLike<unknown>;
type Switchboard = { (...call: unknown[]): void; q?: Call[]; isLoaded?: true };

declare global {
  interface Window {
    __switchboard?: Config;
    Switchboard?: Switchboard;
  }
}

const EVENTS = ["ready", "open", "close", "message", "unread"] as const;

let run: (call: Call) => void;

guarded(() => {
  const { __switchboard: config, Switchboard: earlier } = window;
  if (config === undefined || earlier?.isLoaded) return;
  const calls = [...(earlier?.q ?? [])];
  run = (call) => void calls.push(call);
  const switchboard: Switchboard = (...call) => run(call);
  switchboard.isLoaded = true;
  window.Switchboard = switchboard;
  whenBodied(() => guarded(() => start(config, calls)));
});

function start(config: Config, calls: Call[]): void {
  const listeners: Partial<Record<string, Listener[]>> = {};
  const tell = (event: Told | "ready", detail?: unknown) => {
    for (const listener of listeners[event] ?? []) guarded(() => listener(detail));
  };
  let isReady = false;
  const on = (event: (typeof EVENTS)[number], listener: Listener) => {
    if (!EVENTS.includes(event)) return console.warn(words.unknown("event", event, EVENTS));
    (listeners[event] ??= []).push(listener);
    if (event === "ready" && isReady) listener();
  };
  startPanel(config, tell);
  run = runner({ open, close, on });
  calls.forEach(run);
  isReady = true;
  tell("ready");
}

function runner(commands: Record<string, (...rest: never[]) => void>): (call: Call) => void {
  const known = Object.keys(commands);
  return (call) => {
    const [name, ...rest] = Array.from(call);
    const command = known.includes(String(name)) ? commands[String(name)] : undefined;
    if (command === undefined) console.warn(words.unknown("command", name, known));
    else guarded(() => command(...(rest as never[])));
  };
}

function whenBodied(work: () => void): void {
  if (document.body) work();
  else addEventListener("DOMContentLoaded", work, { once: true });
}

/** Whatever goes wrong here, the tenant's page goes on. */
function guarded(work: () => void): void {
  try {
    work();
  } catch (problem) {
    console.warn(words.broken, problem);
  }
}
