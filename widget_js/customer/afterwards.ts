import { language } from "../shared/language";
import { Observable } from "../shared/observable";
import { type Code, type Event, type Rate, RETRYABLE, type Rating, type Refused, type Transcribe, type UUID } from "../shared/protocol";
import type { Visit } from "./visit";

/** What a command came to. sending: also while the line is down; it goes out when it is back. */
export type Sending<Done> = { is: "idle" } | { is: "sending" } | { is: "done"; done: Done } | { is: "failed"; code: Code };

const IDLE = { is: "idle" } as const;
const SENDING = { is: "sending" } as const;
const AGAIN_MS = 1_000;

/** What a visitor does beside the thread: rates it, has it mailed, looks at earlier ones. Asked again until the server has answered. */
export class Afterwards {
  readonly rating = new Observable<Sending<Rating>>(IDLE);
  readonly mail = new Observable<Sending<string>>(IDLE);
  private wanted: { rate?: Rate; transcribe?: Transcribe } = {};
  private isLooking = false;

  constructor(private readonly visit: Visit) {
    visit.heard.add((event) => this.hear(event));
    visit.link.subscribe(() => visit.link.value === "live" && this.ask());
    visit.chat.subscribe(() => this.startOver());
    visit.forgetting.subscribe(() => visit.forgetting.value !== null && this.forget());
  }

  /** Reads the list (again). */
  look(): void {
    this.isLooking = true;
    this.visit.send({ t: "recall" });
  }

  rate(chat: UUID, stars: number, comment: string): void {
    this.wanted.rate = { t: "rate", chat, stars, comment: comment.trim() || null };
    this.rating.value = SENDING;
    this.visit.send(this.wanted.rate);
  }

  mailTo(chat: UUID, to: string): void {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.wanted.transcribe = { t: "transcribe", chat, to, zone, language: language.value };
    this.mail.value = SENDING;
    this.visit.send(this.wanted.transcribe);
  }

  /** Pressed, and not yet known to be stored. */
  wantedStars(chat: UUID): number | null {
    return this.wanted.rate?.chat === chat ? this.wanted.rate.stars : null;
  }

  ratingOf(chat: UUID): Rating | null {
    return this.visit.past.value?.find((one) => one.chat === chat)?.rating ?? null;
  }

  private ask(): void {
    if (this.isLooking) this.visit.send({ t: "recall" });
    if (this.wanted.rate) this.visit.send(this.wanted.rate);
    if (this.wanted.transcribe) this.visit.send(this.wanted.transcribe);
  }

  private hear(event: Event): void {
    if (event.t === "past_chats") this.visit.past.value = event.chats;
    if (event.t === "rated" && event.chat === this.wanted.rate?.chat) this.rated(event.chat, event.rating);
    if (event.t === "transcribed" && event.chat === this.wanted.transcribe?.chat) {
      delete this.wanted.transcribe;
      this.mail.value = { is: "done", done: event.to };
    }
    if (event.t === "refused") this.refused(event);
  }

  /** Stars pressed twice in a row: the answer to the first is not the last word. */
  private rated(chat: UUID, rating: Rating): void {
    this.visit.past.value = this.visit.past.value?.map((one) => (one.chat === chat ? { ...one, rating } : one)) ?? null;
    const { rate } = this.wanted;
    if (rate?.stars !== rating.stars || (rate.comment ?? null) !== rating.comment) return;
    delete this.wanted.rate;
    this.rating.value = { is: "done", done: rating };
  }

  private refused({ command, code, retry_ms }: Refused): void {
    if (command !== "rate" && command !== "transcribe") return;
    if (RETRYABLE.includes(code)) return void setTimeout(() => this.ask(), retry_ms ?? AGAIN_MS);
    delete this.wanted[command];
    (command === "rate" ? this.rating : this.mail).value = { is: "failed", code };
  }

  private startOver(): void {
    this.wanted = {};
    this.rating.value = IDLE;
    this.mail.value = IDLE;
  }

  private forget(): void {
    this.startOver();
    this.visit.past.value = null;
    this.isLooking = false;
  }
}
