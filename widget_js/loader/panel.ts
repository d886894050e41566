import { SEAL, type ToFrame, type ToHost, unsealed } from "../shared/bridge";
import { drawLauncher, type Launcher } from "./launcher";
import { recall, remember } from "./memory";
import { words } from "./words";

export interface Config {
  origin: string;
  room: string;
  roomName: string;
  business: string;
}

export type Told = "open" | "close" | "message" | "unread";

interface Memory {
  kept: string | null;
  has: boolean;
}

/** The launcher with its frame: opens, closes, and passes on what the frame says. */
export class Panel {
  private isOpen = false;
  private isReady = false;
  private unread = 0;
  private frame: HTMLIFrameElement | undefined;
  private readonly launcher: Launcher;

  constructor(
    private readonly config: Config,
    private readonly tell: (event: Told, detail?: unknown) => void,
  ) {
    this.launcher = drawLauncher(() => (this.isOpen ? this.close() : this.open()));
    addEventListener("message", (event) => this.heard(event));
    addEventListener("keydown", (event) => this.pressed(event));
    if (recall("sessionStorage", this.key) === "open") this.open({ takesFocus: false });
    else if (this.memory().has) whenIdle(() => this.build());
  }

  open({ takesFocus } = { takesFocus: true }): void {
    if (this.isOpen) return;
    this.isOpen = true;
    remember("sessionStorage", this.key, "open");
    this.draw();
    const frame = this.build();
    if (this.isReady) this.say({ do: "shown", page: page() });
    if (takesFocus) frame.focus();
    this.tell("open");
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    remember("sessionStorage", this.key, null);
    this.draw();
    this.say({ do: "hidden" });
    this.launcher.button.focus();
    this.tell("close");
  }

  private build(): HTMLIFrameElement {
    const { origin, room, business } = this.config;
    this.frame ??= this.launcher.frame(`${origin}/c/${encodeURIComponent(room)}?frame=1`, words.panel(business));
    return this.frame;
  }

  private heard(event: MessageEvent): void {
    if (event.origin !== this.config.origin || !this.frame || event.source !== this.frame.contentWindow) return;
    const message = unsealed<ToHost>(event.data);
    if (message === null) return;
    if (message.do === "ready") this.greet();
    else if (message.do === "close") this.close();
    else if (message.do === "unread") this.count(message.count);
    else if (message.do === "keep") this.store({ kept: message.kept, has: message.has });
    else if (message.do === "event") this.tell(message.name, { from: message.from });
  }

  private greet(): void {
    this.isReady = true;
    this.say({ do: "init", kept: this.memory().kept, open: this.isOpen, page: page() });
  }

  private count(unread: number): void {
    if (unread === this.unread) return;
    this.unread = unread;
    this.draw();
    this.tell("unread", { count: unread });
  }

  private pressed(event: KeyboardEvent): void {
    const { activeElement, body } = document;
    const isOurs = activeElement === this.launcher.host || activeElement === body || activeElement === null;
    if (event.key === "Escape" && isOurs && !event.defaultPrevented) this.close();
  }

  private say(message: ToFrame): void {
    this.frame?.contentWindow?.postMessage({ ...SEAL, ...message }, this.config.origin);
  }

  private draw(): void {
    this.launcher.draw(this.isOpen, this.unread);
  }

  private memory(): Memory {
    try {
      return { kept: null, has: false, ...(JSON.parse(recall("localStorage", this.key) ?? "{}") as Partial<Memory>) };
    } catch {
      return { kept: null, has: false };
    }
  }

  private store(memory: Memory): void {
    remember("localStorage", this.key, memory.kept === null && !memory.has ? null : JSON.stringify(memory));
  }

  private get key(): string {
    return `switchboard:${this.config.room}`;
  }
}

function page(): { url: string; title: string } {
  return { url: location.href, title: document.title };
}

function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 3_000 });
  else setTimeout(work, 500);
}
