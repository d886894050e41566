import { Observable } from "./observable";
import { type Command, type Event, LONGEST_PREVIEW, type Side, TYPING_LASTS_MS, type UUID } from "./protocol";

/** Two a second; the server passes on four, so that a line that delivers them in bunches loses none. */
const PAUSE_MS = 550;
/** What may have been lost on the way is said again this often, and for so long after the last change: then nobody is at it. */
const AGAIN_MS = 2_000;
const AGAIN_FOR_MS = 20_000;
const ELLIPSIS = "…";

interface Said {
  readonly text: string;
  readonly at: number;
}

const NOTHING: Said = { text: "", at: -Infinity };

/** What each side lets the other know of its composer: lossy, for a moment, never stored. */
export class LiveTyping {
  /** What the other side is writing now, by chat: its text, or an ellipsis. */
  readonly seen = new Observable<ReadonlyMap<UUID, string>>(new Map());
  private readonly ends = new Map<UUID, ReturnType<typeof setTimeout>>();
  private readonly said = new Map<UUID, Said>();
  private readonly wanted = new Map<UUID, Said>();
  private readonly timers = new Map<UUID, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly send: (command: Extract<Command, { t: "typing" }>) => boolean,
    private readonly side: Side,
  ) {}

  /** What stands in our composer; empty when it was sent, or nobody is at it any more. */
  write(chat: UUID, text: string): void {
    this.wanted.set(chat, { text: shown(this.side, text), at: Date.now() });
    const wait = this.saidOf(chat).at + PAUSE_MS - Date.now();
    if (wait > 0) this.sayIn(wait, chat);
    else this.say(chat);
  }

  /** The page goes away: nobody writes here any more. */
  leave(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const [chat, { text }] of this.said) if (text !== "") this.send({ t: "typing", chat, text: "" });
    this.said.clear();
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
    const { text, at } = this.wanted.get(chat)!;
    const before = this.saidOf(chat);
    const isDue = text !== before.text || text !== "" && Date.now() - before.at >= AGAIN_MS;
    if (isDue && this.send({ t: "typing", chat, text })) this.said.set(chat, { text, at: Date.now() });
    const now = this.saidOf(chat);
    // An ellipsis says that somebody goes on: only the next key repeats it.
    const mayBeLost = text === "" ? now.text !== "" : this.side === "visitor";
    const wait = now.at + AGAIN_MS - Date.now();
    if (mayBeLost && Date.now() - at < AGAIN_FOR_MS) this.sayIn(wait > 0 ? wait : AGAIN_MS, chat);
  }

  private sayIn(milliseconds: number, chat: UUID): void {
    clearTimeout(this.timers.get(chat));
    this.timers.set(chat, setTimeout(() => this.say(chat), milliseconds));
  }

  private saidOf(chat: UUID): Said {
    return this.said.get(chat) ?? NOTHING;
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
