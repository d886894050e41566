import { Observable } from "./observable";
import { type Command, type Event, LONGEST_PREVIEW, type Side, TYPING_LASTS_MS, type UUID } from "./protocol";

/** Two a second; the server passes on four, so that a line that delivers them in bunches loses none. */
const PAUSE_MS = 550;
/** Who only says that they write says so again while they go on. */
const AGAIN_MS = 2_000;
const ELLIPSIS = "…";

interface Said {
  text: string;
  at: number;
}

/** What each side lets the other know of its composer: lossy, for a moment, never stored. */
export class LiveTyping {
  /** What the other side is writing now, by chat: its text, or an ellipsis. */
  readonly seen = new Observable<ReadonlyMap<UUID, string>>(new Map());
  private readonly ends = new Map<UUID, ReturnType<typeof setTimeout>>();
  private readonly said = new Map<UUID, Said>();
  private readonly wanted = new Map<UUID, string>();
  private readonly timers = new Map<UUID, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly send: (command: Extract<Command, { t: "typing" }>) => boolean,
    private readonly side: Side,
  ) {}

  /** What stands in our composer; empty when it was sent, or nobody is at it any more. */
  write(chat: UUID, text: string): void {
    this.wanted.set(chat, shown(this.side, text));
    if (this.timers.has(chat)) return;
    const wait = (this.said.get(chat)?.at ?? -Infinity) + PAUSE_MS - Date.now();
    if (wait <= 0) return this.say(chat);
    this.timers.set(chat, setTimeout(() => this.say(chat), wait));
  }

  /** The page goes away: nobody writes here any more. */
  leave(): void {
    for (const [chat, { text }] of this.said) if (text !== "") this.send({ t: "typing", chat, text: "" });
  }

  receive(event: Event): void {
    if (event.t === "typing") this.show(event.chat, event.text);
    if (event.t === "message" && event.entry.from !== this.side) this.show(event.chat, "");
  }

  /** The line is down: what was being written there is not known any more. */
  disconnected(): void {
    for (const chat of this.seen.value.keys()) this.show(chat, "");
  }

  private say(chat: UUID): void {
    this.timers.delete(chat);
    const text = this.wanted.get(chat) ?? "";
    const before = this.said.get(chat);
    const isKnown = text === (before?.text ?? "");
    if (isKnown && (text !== ELLIPSIS || Date.now() - before!.at < AGAIN_MS)) return;
    if (this.send({ t: "typing", chat, text })) this.said.set(chat, { text, at: Date.now() });
  }

  private show(chat: UUID, text: string): void {
    clearTimeout(this.ends.get(chat));
    const seen = new Map(this.seen.value);
    if (text === "") {
      this.ends.delete(chat);
      if (seen.delete(chat)) this.seen.value = seen;
      return;
    }
    this.seen.value = seen.set(chat, text);
    this.ends.set(chat, setTimeout(() => this.show(chat, ""), TYPING_LASTS_MS));
  }
}

/** What leaves this device. Agents' words stay here: the other side learns only that they write. */
function shown(side: Side, text: string): string {
  if (text.trim() === "") return "";
  return side === "agent" ? ELLIPSIS : endOf(text);
}

/** Not through the middle of a character: half of one is no text. */
function endOf(text: string): string {
  const end = text.slice(-LONGEST_PREVIEW);
  const first = end.charCodeAt(0);
  return first >= 0xdc00 && first <= 0xdfff ? end.slice(1) : end;
}
