/** Colours as OKLab, where a step of lightness looks like one (bottosson.github.io/posts/oklab), and contrast as WCAG 2.2 counts it. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Lightness 0..1, chroma 0..0.4, hue in radians. */
export interface Lch {
  readonly light: number;
  readonly chroma: number;
  readonly hue: number;
}

/** `#1b7f5c` or `#abc` as 0..1 each; null when it is no such thing. */
export function parsed(hex: string): Rgb | null {
  const short = /^#?([\da-f])([\da-f])([\da-f])$/i.exec(hex.trim());
  const long = short ? null : /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(hex.trim());
  const parts = short?.slice(1).map((digit) => digit + digit) ?? long?.slice(1);
  if (parts === undefined) return null;
  const [red, green, blue] = parts.map((part) => Number.parseInt(part, 16) / 255);
  return [red!, green!, blue!];
}

export function hexOf(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(Math.min(1, Math.max(0, part)) * 255).toString(16).padStart(2, "0")).join("")}`;
}

/** 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map(linear);
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

export function toLch(rgb: Rgb): Lch {
  const [red, green, blue] = rgb.map(linear) as unknown as Rgb;
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { light: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, chroma: Math.hypot(a, b), hue: Math.atan2(b, a) };
}

/** The nearest colour that a screen can show: chroma gives way, lightness and hue stay. */
export function toRgb(lch: Lch): Rgb {
  let [low, high] = [0, lch.chroma];
  if (isShown(unclipped(lch))) return unclipped(lch);
  for (let turn = 0; turn < 16; turn += 1) {
    const middle = (low + high) / 2;
    if (isShown(unclipped({ ...lch, chroma: middle }))) low = middle;
    else high = middle;
  }
  return unclipped({ ...lch, chroma: low });
}

function unclipped({ light, chroma, hue }: Lch): Rgb {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function isShown(rgb: Rgb): boolean {
  return rgb.every((part) => part >= -0.0005 && part <= 1.0005);
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function gamma(part: number): number {
  return part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;
}
