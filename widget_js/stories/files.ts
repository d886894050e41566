import type { Door } from "../shared/files/door";
import type { Files } from "../shared/files/files";
import type { Upload } from "../shared/files/uploads";
import type { SentFile } from "../shared/protocol";
import { ben, CHAT, TALK, type Told, vera } from "./cast";

const picture = (width: number, height: number) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#7fa7a6"/><circle cx="30%" cy="60%" r="20%" fill="none" stroke="#1c1a17" stroke-width="8"/><circle cx="70%" cy="60%" r="20%" fill="none" stroke="#1c1a17" stroke-width="8"/></svg>`)}`;

const PICTURES: Readonly<Record<string, readonly [number, number]>> = { wide: [1600, 960], tall: [600, 2400], panorama: [4000, 300] };

/** A server with three pictures; everything else cannot be loaded. */
const DOOR: Door = {
  send: () => new Promise(() => undefined),
  find: async (_chat, file) => {
    if (file === "note") return { file: NOTE, url: URL.createObjectURL(new Blob([])), ends: new Date(Date.now() + 600_000).toISOString() };
    const size = PICTURES[file];
    if (size === undefined) throw new Error("away");
    return { file: fileOf(file), url: picture(...size), ends: new Date(Date.now() + 600_000).toISOString() };
  },
};

export function withFiles(files: Files): void {
  Reflect.set(files, "door", DOOR);
}

function fileOf(file: string, more: Partial<SentFile> = {}): SentFile {
  const [width, height] = PICTURES[file] ?? [null, null];
  return { kind: "file", file, name: `${file}.png`, media_type: "image/png", size: 240_000, width, height, seconds: null, state: "ready", ...more };
}

const from = (told: Told, body: SentFile): Told => ({ ...told, body });
const PDF = fileOf("pdf", { name: "Fjord-3-sizing.pdf", media_type: "application/octet-stream" });
const NOTE = fileOf("note", { name: "note.webm", media_type: "audio/webm", size: 42_000, seconds: 14.2 });

export const FILES: readonly Told[] = [
  ...TALK, from(vera("", 1), fileOf("wide")), vera("This is the one I ride now. It is a 54.", 1), from(ben("", 1), PDF), ben("81 cm: take the M.", 1),
  from(vera("", 0), NOTE), from(ben("", 0), NOTE),
];

export const ODD_FILES: readonly Told[] = [
  ...TALK, from(vera("", 1), fileOf("tall")), from(ben("", 1), fileOf("panorama")), from(vera("", 1), fileOf("gone", { width: 800, height: 600 })),
  from(ben("", 0), { ...PDF, name: `${"a long name of a file ".repeat(6)}.pdf` }), from(vera("", 0), { ...PDF, name: "ملف.pdf" }),
  from(vera("", 0), { ...PDF, name: "invoice.pdf", state: "infected" }), from(ben("", 0), { ...NOTE, file: "gone" }),
];

export function anUpload(place: number, more: Partial<Upload> = {}): Upload {
  const blob = new Blob(["x".repeat(240_000)], { type: "application/pdf" });
  return { cid: `0190a0b0-0000-7000-a000-00000000000${place}`, chat: CHAT, name: "Fjord-3-sizing.pdf", blob, at: Date.now(), seconds: null, sent: null, share: 0.6, failed: null, isHeld: false, ...more };
}

export const UPLOADS: readonly Upload[] = [
  anUpload(1), anUpload(2, { name: "note.webm", seconds: 14.2, share: 0.1 }), anUpload(3, { share: 1, isHeld: true }), anUpload(4, { share: 0, failed: "too_large" }),
];
