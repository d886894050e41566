import { Observable } from "../shared/observable";

export interface Toast {
  /** One subject says one thing: a later word about it takes the place of the earlier one. */
  readonly subject: string;
  readonly text: string;
}

const SHOWN_MS = 6_000;

export class Toasts {
  readonly shown = new Observable<readonly Toast[]>([]);
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  say(subject: string, text: string): void {
    clearTimeout(this.timers.get(subject));
    this.shown.value = [...this.others(subject), { subject, text }];
    this.timers.set(subject, setTimeout(() => this.drop(subject), SHOWN_MS));
  }

  /** Only when nothing is said about the subject already. */
  mention(subject: string, text: string): void {
    if (!this.timers.has(subject)) this.say(subject, text);
  }

  drop(subject: string): void {
    clearTimeout(this.timers.get(subject));
    this.timers.delete(subject);
    this.shown.value = this.others(subject);
  }

  private others(subject: string): Toast[] {
    return this.shown.value.filter((toast) => toast.subject !== subject);
  }
}
