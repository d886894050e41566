import { Observable } from "../shared/observable";
import type { SafeStorage } from "../shared/safe_storage";

const LATER = "switchboard:notify-later";

export type Permission = NotificationPermission | "unsupported";

/** The browser's own notifications. Asked for by a button, never by itself: a page that asks on load is refused for good. */
export class Notifier {
  readonly permission = new Observable<Permission>(typeof Notification === "undefined" ? "unsupported" : Notification.permission);
  /** The person said: not now. */
  readonly isPutOff: Observable<boolean>;
  private readonly shown = new Map<string, Notification>();

  constructor(private readonly storage: SafeStorage) {
    this.isPutOff = new Observable(storage.read(LATER) === "1");
  }

  async ask(): Promise<void> {
    if (this.permission.value !== "default") return;
    this.permission.value = await Notification.requestPermission();
  }

  putOff(): void {
    this.isPutOff.value = true;
    this.storage.write(LATER, "1");
  }

  /** One per subject. Says who and where, never what was written: it stands on locked screens, too. */
  tell(subject: string, title: string, body: string, act: () => void): void {
    if (this.permission.value !== "granted") return;
    this.drop(subject);
    const notification = made(title, { body, tag: subject });
    if (notification === null) return;
    notification.onclick = () => {
      window.focus();
      act();
      notification.close();
    };
    this.shown.set(subject, notification);
  }

  drop(subject: string): void {
    this.shown.get(subject)?.close();
    this.shown.delete(subject);
  }

  keepOnly(subjects: ReadonlySet<string>): void {
    for (const subject of [...this.shown.keys()]) if (!subjects.has(subject)) this.drop(subject);
  }
}

/** Android's browsers allow notifications to service workers only, and say so by throwing. */
function made(title: string, options: NotificationOptions): Notification | null {
  try {
    return new Notification(title, options);
  } catch {
    return null;
  }
}
