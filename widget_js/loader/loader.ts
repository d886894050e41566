import "./config";
import { close, open, setLanguage, startPanel, type Told } from "./panel";
import { words } from "./words";

type Listener = (detail?: unknown) => void;
type Call = Iterable<unknown>;
type Switchboard = { (...call: unknown[]): void; q?: Call[]; isLoaded?: true };

declare global {
  interface Window {
    Switchboard?: Switchboard;
  }
}

const listeners: Record<Told | "ready", Listener[]> = { ready: [], open: [], close: [], message: [], unread: [] };
const commands: Record<string, (...rest: never[]) => void> = { open, close, on, setLanguage };
let isReady = false;

guarded(() => {
  const { __switchboard: config, Switchboard: earlier } = window;
  if (!config || earlier?.isLoaded) return;
  window.Switchboard = Object.assign((...call: unknown[]) => run(call), { isLoaded: true } as const);
  startPanel(config, tell);
  earlier?.q?.forEach(run);
  isReady = true;
  tell("ready");
});

function run([name, ...rest]: Call): void {
  const command = known("command", commands, name);
  if (command) guarded(() => command(...(rest as never[])));
}

function on(event: Told | "ready", listener: Listener): void {
  known("event", listeners, event)?.push(listener);
  if (event === "ready" && isReady) listener();
}

function tell(event: Told | "ready", detail?: unknown): void {
  for (const listener of listeners[event]) guarded(() => listener(detail));
}

function known<T>(kind: string, among: Record<string, T>, name: unknown): T | undefined {
  const names = Object.keys(among);
  if (names.includes(name as string)) return among[name as string];
  console.warn(words.unknown(kind, name, names));
  return undefined;
}

/** Whatever goes wrong here, the tenant's page goes on. */
function guarded(work: () => void): void {
  try {
    work();
  } catch (problem) {
    console.warn(words.broken, problem);
  }
}
