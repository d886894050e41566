import { language } from "../language";

/** 812 bytes, 240 KB, 1.4 MB. */
export function sizeOf(bytes: number): string {
  const [unit, amount] = bytes < 1000 ? (["byte", bytes] as const) : bytes < 999_500 ? (["kilobyte", bytes / 1000] as const) : (["megabyte", bytes / 1e6] as const);
  const digits = unit === "megabyte" && amount < 10 ? 1 : 0;
  return new Intl.NumberFormat(language.value || undefined, { numberingSystem: "latn", style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short", maximumFractionDigits: digits }).format(amount);
}

/** PDF, from its name; null where that says nothing. */
export function endingOf(name: string): string | null {
  const found = /[^.]\.([a-z0-9]{1,5})$/i.exec(name);
  return found === null ? null : found[1]!.toUpperCase();
}

const SHOWN = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/** May this be drawn before it is sent? As a picture nothing in it can run. */
export function isPicture(type: string): boolean {
  return SHOWN.includes(type);
}
