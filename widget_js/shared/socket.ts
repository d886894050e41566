import { answered, awaited } from "./answers";
import { pauseBefore } from "./backoff";
import { CloseCode, type Command, type Event, type Hello } from "./protocol";

/** connecting: never been live yet · live · lost: was live, or the first try failed · closed: will not come back. */
export type Link = "connecting" | "live" | "lost" | "closed";

export interface SocketHandlers {
  url(): string;
  hello(): Hello;
  received(event: Event): void;
  changed(link: Link): void;
  /** The server said not to come back (45xx; 4504 only when it is sure to mean the token). `reopen` tries again all the same, with another token for example. */
  refused(code: number): void;
}

export interface Surroundings {
  page: EventTarget;
  isVisible(): boolean;
  random(): number;
  connect(url: string): WebSocket;
}

export const BROWSER: Surroundings = {
  page: globalThis,
  isVisible: () => document.visibilityState === "visible",
  random: Math.random,
  connect: (url) => new WebSocket(url),
};

const ANSWER_WITHIN_MS = 10_000;
const QUIET_AFTER_MS = 60_000;
/** The server's limit, counted here from before the connection: a hello within it was never late. */
const HELLO_WITHIN_MS = 5_000;
const REFUSALS_OF_A_BAD_TOKEN = 2;
const STEADY_AFTER_MS = 5_000;
const OWN_CLOSE = 4000;

/** One socket that comes back by itself until the server says not to. */
export class Socket {
  link: Link = "connecting";
  private wire: WebSocket | null = null;
  private attempt = 0;
  /** How long the server asked to wait before coming back. */
  private asked: number | null = null;
  private liveSince = 0;
  private hasLeft = false;
  private isHelloInTime = false;
  /** Hellos in time that were answered with 4504, since the last welcome. */
  private refusals = 0;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly deadlines = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly handlers: SocketHandlers,
    private readonly around: Surroundings = BROWSER,
  ) {
    const { page } = around;
    page.addEventListener("online", () => this.hurry());
    page.addEventListener("visibilitychange", () => around.isVisible() && this.hurry(), true);
    page.addEventListener("offline", () => this.drop());
    // An open socket keeps the page out of the back/forward cache.
    page.addEventListener("pagehide", () => this.leave());
    page.addEventListener("pageshow", () => this.hasLeft && this.start());
  }

  start(): void {
    this.hasLeft = false;
    clearTimeout(this.retry);
    this.retry = undefined;
    const wire = this.around.connect(this.handlers.url());
    this.wire = wire;
    this.isHelloInTime = false;
    this.expect("welcome");
    const begun = Date.now();
    wire.onopen = () => wire === this.wire && this.greet(wire, begun);
    wire.onmessage = (message) => wire === this.wire && this.hear(String(message.data));
    wire.onclose = (close) => wire === this.wire && this.ended(close.code);
  }

  /** Connects again although the server closed for good. */
  reopen(): void {
    this.refusals = 0;
    this.become("lost");
    this.comeBack();
  }

  /** False when nothing was sent because the line is down: whoever sends decides what is sent again. */
  send(command: Command): boolean {
    if (this.link !== "live" || this.wire?.readyState !== WebSocket.OPEN) return false;
    this.wire.send(JSON.stringify(command));
    const key = awaited(command);
    if (key !== null) this.expect(key);
    return true;
  }

  private greet(wire: WebSocket, begun: number): void {
    this.isHelloInTime = Date.now() - begun < HELLO_WITHIN_MS;
    wire.send(JSON.stringify(this.handlers.hello()));
  }

  private hear(frame: string): void {
    const event = JSON.parse(frame) as Event;
    const key = answered(event);
    if (key !== null) this.arrived(key);
    this.awaitQuiet();
    if (event.t === "bye") this.asked = event.retry_ms;
    if (event.t === "welcome_visitor" || event.t === "welcome_agent") this.welcomed();
    this.handlers.received(event);
  }

  private welcomed(): void {
    this.arrived("welcome");
    this.refusals = 0;
    this.liveSince = Date.now();
    this.become("live");
  }

  /** A line that says nothing may be half open; whether `look` is answered tells. Behind other tabs nobody minds. */
  private awaitQuiet(): void {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.around.isVisible() && this.send({ t: "look" }), QUIET_AFTER_MS);
  }

  /** Closes a line that seems dead and comes back without waiting for the closing handshake. */
  private drop(): void {
    const wire = this.wire;
    if (wire === null) return;
    this.ended(OWN_CLOSE);
    wire.close(OWN_CLOSE);
  }

  private leave(): void {
    clearTimeout(this.retry);
    this.retry = undefined;
    const wire = this.wire;
    this.hasLeft = wire !== null || this.link === "lost";
    this.wire = null;
    this.forgetDeadlines();
    wire?.close(OWN_CLOSE);
    if (this.link === "live") this.become("lost");
  }

  private ended(code: number): void {
    this.wire = null;
    this.forgetDeadlines();
    if (this.isFinal(code)) {
      this.become("closed");
      this.handlers.refused(code);
      return;
    }
    this.become("lost");
    this.comeBack();
  }

  /** A hello that came late, from a phone that slept in between, is closed with 4504 too: then the token may be good. */
  private isFinal(code: number): boolean {
    if (code !== CloseCode.BAD_TOKEN) return code >= CloseCode.BAD_FRAME && code < 4600;
    if (this.isHelloInTime) this.refusals++;
    return this.refusals >= REFUSALS_OF_A_BAD_TOKEN;
  }

  private comeBack(): void {
    // Only a line that held counts as success: a server that welcomes and closes must not be stormed.
    if (this.liveSince > 0 && Date.now() - this.liveSince >= STEADY_AFTER_MS) this.attempt = 0;
    this.liveSince = 0;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.start(), this.asked ?? pauseBefore(this.attempt++, this.around.random));
    this.asked = null;
  }

  /** Somebody is back: so is the line, or it proves that it lives. */
  private hurry(): void {
    if (this.retry !== undefined) this.start();
    else this.send({ t: "look" });
  }

  private become(link: Link): void {
    if (link === this.link) return;
    this.link = link;
    this.handlers.changed(link);
  }

  private expect(key: string): void {
    if (!this.deadlines.has(key)) this.deadlines.set(key, setTimeout(() => this.drop(), ANSWER_WITHIN_MS));
  }

  private arrived(key: string): void {
    clearTimeout(this.deadlines.get(key));
    this.deadlines.delete(key);
  }

  private forgetDeadlines(): void {
    clearTimeout(this.quiet);
    for (const deadline of this.deadlines.values()) clearTimeout(deadline);
    this.deadlines.clear();
  }
}
