import type { UUID } from "./protocol";

const COUNTER_BITS = 12;
let lastTime = 0;
let counter = 0;

/** A UUIDv7 that is later in order than every one made before it in this tab, even when the clock is set back. */
export function freshCid(now: number = Date.now()): UUID {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  tick(now, bytes);
  for (let place = 0; place < 6; place++) bytes[place] = Math.floor(lastTime / 2 ** (40 - 8 * place)) & 0xff;
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return spelled(bytes);
}

function tick(now: number, noise: Uint8Array): void {
  counter++;
  if (now > lastTime) {
    lastTime = now;
    // The top bit stays free, so that one millisecond has room for at least 2048 more.
    counter = ((noise[6]! << 8) | noise[7]!) & 0x7ff;
  } else if (counter >= 1 << COUNTER_BITS) {
    lastTime++;
    counter = 0;
  }
}

function spelled(bytes: Uint8Array): UUID {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
