import { hourOf } from "../shared/clock";
import { dated } from "../shared/language";
import type { Log } from "../shared/log";
import type { Entry } from "../shared/protocol";
import { words } from "./words";

export interface TranscriptLine {
  /** Empty for what happened, as against what somebody said. */
  readonly name: string;
  readonly text: string;
  readonly at: string;
}

const dayOf = dated({ dateStyle: "full" });

/** What the visitor saw, in the times of this device. */
export function transcript(log: Log): TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  let day = "";
  for (const entry of log.entries) {
    const text = textOf(entry);
    if (text === null) continue;
    const today = dayOf(Date.parse(entry.at));
    if (today !== day) lines.push({ name: "", text: today, at: "" });
    day = today;
    lines.push({ name: entry.body.kind === "text" || entry.body.kind === "file" ? entry.name : "", text, at: hourOf(Date.parse(entry.at)) });
  }
  return lines;
}

/** Of what we know; everything else is not the visitor's. */
function textOf({ body, name, from }: Entry): string | null {
  if (body.kind === "text") return body.text;
  if (body.kind === "file") return body.name;
  if (body.kind === "answered") return words.answered(name);
  if (body.kind === "ended") return from === "visitor" ? words.youEnded : words.ended(name);
  return null;
}

export function asText(title: string, lines: readonly TranscriptLine[]): string {
  const written = lines.map(({ name, text, at }) => (name === "" ? `${at} ${text}`.trim() : `${at} ${name}: ${text}`));
  return [title, "", ...written, ""].join("\r\n");
}

/** A page to print. Built node by node: what people wrote is text in it and nothing else. */
export function asPage(title: string, lines: readonly TranscriptLine[]): string {
  const page = document.implementation.createHTMLDocument(title);
  const policy = page.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "default-src 'none'";
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  page.head.prepend(charset, policy);
  page.documentElement.lang = document.documentElement.lang;
  page.body.append(element(page, "h1", title), ...lines.map((line) => lineOf(page, line)));
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
}

function lineOf(page: Document, { name, text, at }: TranscriptLine): HTMLElement {
  if (name === "") return element(page, at === "" ? "h2" : "p", `${at} ${text}`.trim());
  const line = element(page, "p", "");
  line.append(element(page, "b", name), ` ${at}`);
  for (const part of text.split("\n")) line.append(page.createElement("br"), part);
  return line;
}

function element(page: Document, name: string, text: string): HTMLElement {
  const made = page.createElement(name);
  made.dir = "auto";
  made.textContent = text;
  return made;
}

/** Into the folder of downloads. */
export function save(name: string, type: string, content: string): void {
  const link = document.createElement("a");
  // Excel, Notepad and old phones take UTF-8 for something else without the mark.
  link.href = URL.createObjectURL(new Blob(type === "text/plain" ? ["\ufeff", content] : [content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
