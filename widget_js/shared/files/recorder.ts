import { Observable } from "../observable";
import { LONGEST_VOICE_S } from "../protocol";
import { FILE_WORDS as words } from "./words";

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS_PER_SECOND = 32_000;

export interface Recording {
  readonly blob: Blob;
  readonly seconds: number;
  readonly name: string;
}

/** asking: the browser asks for permission · on: since when · problem: why not, and what to do. */
export type RecorderState =
  | { readonly is: "off" }
  | { readonly is: "asking" }
  | { readonly is: "on"; readonly since: number }
  | { readonly is: "problem"; readonly why: () => string };

/** A voice note being recorded; one at a time. */
export class Recorder {
  readonly state = new Observable<RecorderState>({ is: "off" });
  private recorder: MediaRecorder | null = null;
  private pieces: Blob[] = [];
  private limit: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ready: (recording: Recording) => void) {}

  async start(): Promise<void> {
    if (this.state.value.is === "on" || this.state.value.is === "asking") return;
    const type = TYPES.find((one) => globalThis.MediaRecorder?.isTypeSupported(one));
    if (type === undefined || navigator.mediaDevices === undefined) return this.failed(() => words.micUnsupported);
    this.state.value = { is: "asking" };
    try {
      this.begin(await navigator.mediaDevices.getUserMedia({ audio: true }), type);
    } catch (error) {
      this.failed(why(error));
    }
  }

  /** The note goes to `ready`. */
  finish(): void {
    if (this.recorder?.state === "recording") this.recorder.stop();
  }

  discard(): void {
    const recorder = this.recorder;
    this.recorder = null;
    if (recorder?.state === "recording") recorder.stop();
    this.state.value = { is: "off" };
  }

  private begin(microphone: MediaStream, type: string): void {
    if (this.state.value.is !== "asking") return silence(microphone); // they went away meanwhile
    const recorder = new MediaRecorder(microphone, { mimeType: type, audioBitsPerSecond: BITS_PER_SECOND });
    const since = Date.now();
    this.pieces = [];
    recorder.ondataavailable = (event) => this.pieces.push(event.data);
    recorder.onstop = () => {
      silence(microphone);
      clearTimeout(this.limit);
      if (recorder === this.recorder) this.stopped(type, (Date.now() - since) / 1_000);
    };
    this.recorder = recorder;
    recorder.start(1_000);
    this.limit = setTimeout(() => this.finish(), LONGEST_VOICE_S * 1_000);
    this.state.value = { is: "on", since };
  }

  private stopped(type: string, seconds: number): void {
    this.recorder = null;
    this.state.value = { is: "off" };
    const plain = type.split(";")[0]!;
    const blob = new Blob(this.pieces, { type: plain });
    if (blob.size > 0) this.ready({ blob, seconds, name: `${words.voiceNote}.${plain === "audio/mp4" ? "m4a" : plain.slice(6)}` });
  }

  private failed(reason: () => string): void {
    this.state.value = { is: "problem", why: reason };
  }
}

function silence(microphone: MediaStream): void {
  for (const track of microphone.getTracks()) track.stop();
}

function why(error: unknown): () => string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return () => words.micDenied;
  if (name === "NotFoundError" || name === "OverconstrainedError") return () => words.micAbsent;
  return () => (name === "NotReadableError" ? words.micBusy : words.micUnsupported);
}
