import { Observable } from "../shared/observable";
import type { SafeStorage } from "../shared/safe_storage";

const MUTED = "switchboard:muted";
const EVERY_MS = 3_000;
/** Seconds from the start, and hertz: two short calls, as a telephone's. */
const RING: readonly (readonly [number, number])[] = [[0, 880], [0.18, 1_108], [0.36, 880], [0.54, 1_108]];
const TICK: readonly (readonly [number, number])[] = [[0, 660], [0.09, 990]];
const LOUD = 0.14;

/** Sound without a file. Browsers play it only after the person has touched the page: until then it is silent. */
export class Bell {
  readonly isMuted: Observable<boolean>;
  private context: AudioContext | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly storage: SafeStorage) {
    this.isMuted = new Observable(storage.read(MUTED) === "1");
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => this.wake(), { capture: true, once: true });
  }

  mute(isMuted: boolean): void {
    this.isMuted.value = isMuted;
    this.storage.write(MUTED, isMuted ? "1" : null);
    if (!isMuted) this.play(TICK);
  }

  /** Rings until `hush`. */
  ring(): void {
    if (this.timer !== undefined) return;
    this.play(RING);
    this.timer = setInterval(() => this.play(RING), EVERY_MS);
  }

  hush(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  tick(): void {
    this.play(TICK);
  }

  private wake(): void {
    this.context ??= typeof AudioContext === "undefined" ? null : new AudioContext();
    void this.context?.resume().catch(() => undefined);
  }

  private play(notes: typeof RING): void {
    const context = this.context;
    if (this.isMuted.value || context?.state !== "running") return;
    for (const [at, hertz] of notes) sound(context, context.currentTime + at, hertz);
  }
}

function sound(context: AudioContext, at: number, hertz: number): void {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.16); // a sudden end would click
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.17);
}
