import type { SentFile, UUID } from "../protocol";

/** A file of a chat, and where its bytes are until `ends`; nowhere while it is held. */
export interface Found {
  readonly file: SentFile;
  readonly url: string | null;
  readonly ends: string | null;
}

/** Why the server did not take a file. `again`: seconds after which it may, null: never by itself. */
export class Refusal extends Error {
  constructor(
    /** The server's code, for words in the reader's language. */
    readonly code: string,
    readonly again: number | null,
  ) {
    super(code);
  }
}

/** The way of one person's files to the server and back. */
export interface Door {
  send(chat: UUID, name: string, blob: Blob, progress: (share: number) => void, stop: AbortSignal): Promise<SentFile>;
  find(chat: UUID, file: UUID): Promise<Found>;
}

const RETRIED = [408, 425, 429, 502, 503, 504];
const AGAIN_S = 3;

/** `path`: where the files of a chat are; `headers`: what says who we are. */
export function httpDoor(path: (chat: UUID) => string, headers: () => Record<string, string>): Door {
  return {
    send: (chat, name, blob, progress, stop) => sent(path(chat), { ...headers(), "x-file-name": encoded(name) }, blob, progress, stop),
    find: async (chat, file) => {
      const response = await fetch(`${path(chat)}/${file}`, { headers: headers() });
      if (!response.ok) throw refusal(response.status, await response.text(), response.headers.get("retry-after"));
      return (await response.json()) as Found;
    },
  };
}

/** XMLHttpRequest, because fetch tells nothing of what has gone out so far. */
function sent(url: string, headers: Record<string, string>, blob: Blob, progress: (share: number) => void, stop: AbortSignal): Promise<SentFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as SentFile);
      else reject(refusal(request.status, request.responseText, request.getResponseHeader("retry-after")));
    };
    request.onerror = () => reject(new Refusal("offline", AGAIN_S));
    stop.addEventListener("abort", () => request.abort());
    request.send(blob);
  });
}

function refusal(status: number, body: string, after: string | null): Refusal {
  return new Refusal(codeOf(body), RETRIED.includes(status) ? Number(after) || AGAIN_S : null);
}

function codeOf(body: string): string {
  try {
    return (JSON.parse(body) as { code?: string }).code ?? "other";
  } catch {
    return "other";
  }
}

/** In a header, so that no name stands in an address; half a character, as in a broken name, cannot be encoded. */
function encoded(name: string): string {
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, "_")).slice(0, 12_000);
}
