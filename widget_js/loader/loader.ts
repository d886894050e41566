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

guarded(() => {
  const { __switchboard: config, Switchboard: earlier } = window;
  if (config === undefined || earlier?.isLoaded) return;
  const calls = [...(earlier?.q ?? [])];
  const early = ((...call: unknown[]) => void calls.push(call)) as Switchboard;
  early.isLoaded = true;
  window.Switchboard = early;
  whenBodied(() => guarded(() => start(config, calls, early)));
});

function start(config: Config, calls: Call[], early: Switchboard): void {
  const listeners: Partial<Record<string, Listener[]>> = {};
  const tell = (event: Told | "ready", detail?: unknown) => {
    for (const listener of listeners[event] ?? []) guarded(() => listener(detail));
  };
  let isReady = false;
  startPanel(config, tell);
  const commands: Record<string, (...rest: never[]) => void> = {
    open,
    close,
    on(event: (typeof EVENTS)[number], listener: Listener) {
      if (!EVENTS.includes(event)) return console.warn(words.unknown("event", event, EVENTS));
      (listeners[event] ??= []).push(listener);
      if (event === "ready" && isReady) listener();
    },
  };
  const run = (call: Call) => {
    const [name, ...rest] = Array.from(call);
    const known = Object.keys(commands);
    const command = known.includes(String(name)) ? commands[String(name)] : undefined;
    if (command === undefined) console.warn(words.unknown("command", name, known));
    else guarded(() => command(...(rest as never[])));
  };
  const ready = ((...call: unknown[]) => run(call)) as Switchboard;
  ready.isLoaded = early.isLoaded!;
  window.Switchboard = ready;
  calls.forEach(run);
  isReady = true;
  tell("ready");
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
