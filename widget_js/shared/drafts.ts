import { Observable } from "./observable";
import type { SafeStorage } from "./safe_storage";

const PREFIX = "switchboard:draft:";

/** What somebody is writing, kept until it is sent: it survives a reload. */
export class Drafts {
  private readonly texts = new Map<string, Observable<string>>();

  constructor(private readonly storage: SafeStorage) {}

  of(key: string): Observable<string> {
    const known = this.texts.get(key);
    if (known !== undefined) return known;
    const text = new Observable(this.storage.read(PREFIX + key) ?? "");
    text.subscribe(() => this.storage.write(PREFIX + key, text.value === "" ? null : text.value));
    this.texts.set(key, text);
    return text;
  }

  /** Nothing that was being written is kept. */
  forget(): void {
    for (const text of this.texts.values()) text.value = "";
    for (const key of this.storage.keys(PREFIX)) this.storage.write(key, null);
  }

  /** Gives a text back for writing on, in front of what was begun since. */
  giveBack(key: string, text: string): void {
    if (text === "") return; // a file
    const draft = this.of(key);
    draft.value = draft.value === "" ? text : `${text}\n${draft.value}`;
  }
}
