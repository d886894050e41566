import { contrast, hexOf, type Lch, parsed, type Rgb, toLch, toRgb } from "./colour";

export interface Accent {
  readonly accent: string;
  readonly hover: string;
  readonly soft: string;
  readonly onAccent: string;
}

export interface Brand {
  readonly light: Accent;
  readonly dark: Accent;
}

/** WCAG 2.2, 1.4.3: text. A little more, because hex digits round. */
const LEGIBLE = 4.56;
const STEP = 0.005;

/** Surfaces that the accent stands on as text, the hardest of each scheme: `--fill` of tokens.css (checked by a test). */
export const GROUNDS = { light: ["#ffffff", "#f1efeb"], dark: ["#1e1c1a", "#282522"] } as const;

/** The accent of a tenant's colour, moved in lightness only as far as it must: legible on our surfaces and under its own label. Null: no colour. */
export function brandOf(colour: string): Brand | null {
  const rgb = parsed(colour);
  if (rgb === null) return null;
  const own = toLch(rgb);
  return { light: lightAccent(own), dark: darkAccent(own) };
}

function lightAccent(own: Lch): Accent {
  const soft = toRgb({ ...own, light: 0.95, chroma: Math.min(own.chroma, 0.03) });
  const accent = moved(own, -STEP, [soft, ...GROUNDS.light.map(known)]);
  return { accent: hexOf(toRgb(accent)), hover: hexOf(toRgb({ ...accent, light: accent.light - 0.05 })), soft: hexOf(soft), onAccent: "#ffffff" };
}

function darkAccent(own: Lch): Accent {
  const soft = toRgb({ ...own, light: 0.285, chroma: Math.min(own.chroma, 0.035) });
  const onAccent = toRgb({ ...own, light: 0.22, chroma: Math.min(own.chroma, 0.03) });
  const accent = moved({ ...own, light: Math.max(own.light, 0.72) }, STEP, [soft, onAccent, ...GROUNDS.dark.map(known)]);
  return { accent: hexOf(toRgb(accent)), hover: hexOf(toRgb({ ...accent, light: Math.min(1, accent.light + 0.05) })), soft: hexOf(soft), onAccent: hexOf(onAccent) };
}

function moved(own: Lch, step: number, grounds: readonly Rgb[]): Lch {
  let lch = own;
  while (lch.light > 0 && lch.light < 1 && !grounds.every((ground) => contrast(toRgb(lch), ground) >= LEGIBLE)) {
    lch = { ...lch, light: lch.light + step };
  }
  return lch;
}

function known(hex: string): Rgb {
  return parsed(hex)!;
}

/** Puts it on: through the object model, because the page's policy allows no style of its own. */
export function wear(brand: Brand, on: HTMLElement): void {
  const names = { accent: "--accent", hover: "--accent-hover", soft: "--accent-soft", onAccent: "--on-accent" } as const;
  for (const [part, name] of Object.entries(names) as [keyof Accent, string][]) {
    on.style.setProperty(name, `light-dark(${brand.light[part]}, ${brand.dark[part]})`);
  }
}
