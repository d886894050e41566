import { Observable } from "../observable";
import { LARGEST_FILE, type UUID } from "../protocol";
import { Recorder } from "./recorder";
import type { Staged, Uploads } from "./uploads";
import { FILE_WORDS as words } from "./words";

const MOST = 10;

/** What a person has attached to a chat and not sent yet; looked at, taken out, sent with the next press of Send. */
export class Staging {
  readonly files = new Observable<readonly Staged[]>([]);
  readonly problem = new Observable<(() => string) | null>(null);
  readonly recorder = new Recorder(({ name, blob, seconds }) => this.add([{ name, blob, seconds }]));

  constructor(
    private readonly chat: UUID,
    private readonly uploads: Uploads,
  ) {}

  take(files: Iterable<File>): void {
    this.add([...files].map((file) => ({ name: file.name || "picture", blob: file, seconds: null })));
  }

  takeOut(file: Staged): void {
    this.files.value = this.files.value.filter((one) => one !== file);
  }

  send(): void {
    const files = this.files.value;
    this.files.value = [];
    this.problem.value = null;
    this.uploads.add(this.chat, files);
  }

  private add(files: readonly Staged[]): void {
    const small = files.filter((file) => file.blob.size <= LARGEST_FILE);
    this.problem.value = small.length < files.length ? words.tooLarge : this.files.value.length + small.length > MOST ? () => words.filesTooMany : null;
    this.files.value = [...this.files.value, ...small].slice(0, MOST);
  }
}
