import { Observable } from "./observable";
import type { SafeStorage } from "./safe_storage";

const MUTED = "switchboard:muted";
const ONE_PER_MS = 1_500;
const NOTES = [{ hertz: 660, after: 0 }, { hertz: 880, after: 0.12 }];
const LASTS = 0.35;
const LOUDNESS = 0.12;

/** Two soft notes for what has just arrived. However many tabs hear of it, one of them rings. */
export class Chime {
  readonly isMuted: Observable<boolean>;
  private context: AudioContext | null = null;
  private rangAt = 0;

  constructor(
    private readonly storage: SafeStorage,
    page: Pick<EventTarget, "addEventListener"> = globalThis,
  ) {
    this.isMuted = new Observable(storage.read(MUTED) !== null);
    // A browser lets a page make a sound only after its person has touched it.
    for (const touch of ["pointerdown", "keydown"]) page.addEventListener(touch, () => this.wake());
  }

  mute(isMuted: boolean): void {
    this.isMuted.value = isMuted;
    this.storage.write(MUTED, isMuted ? "yes" : null);
  }

  ring(now = Date.now()): void {
    if (this.isMuted.value || this.context === null || now - this.rangAt < ONE_PER_MS) return;
    this.rangAt = now;
    const { context } = this;
    void alone(() => play(context)).catch(() => undefined);
  }

  private wake(): void {
    try {
      this.context ??= new AudioContext();
      if (this.context.state === "suspended") void this.context.resume().catch(() => undefined);
    } catch {
      return; // no sound here; the badge says it too
    }
  }
}

async function alone(work: () => void): Promise<void> {
  const first = async (lock: Lock | null) => {
    if (lock === null) return;
    work();
    await new Promise((resolve) => setTimeout(resolve, ONE_PER_MS));
  };
  if (!("locks" in navigator)) return work();
  await navigator.locks.request("switchboard:chime", { ifAvailable: true }, first);
}

function play(context: AudioContext): void {
  for (const { hertz, after } of NOTES) {
    const [note, loudness] = [context.createOscillator(), context.createGain()];
    const begins = context.currentTime + after;
    note.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, begins);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, begins + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, begins + LASTS);
    note.connect(loudness).connect(context.destination);
    note.start(begins);
    note.stop(begins + LASTS);
  }
}
