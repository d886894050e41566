/** What the frame and the loader on the tenant's page say to each other. Everything else is ignored. */

export type ToHost =
  | { do: "ready" }
  | { do: "close" }
  | { do: "unread"; count: number }
  /** `kept`: what the frame cannot store itself. `has`: there is a chat, so build the frame after a reload too. */
  | { do: "keep"; kept: string | null; has: boolean }
  | { do: "event"; name: "message"; from: string };

export type ToFrame =
  /** `language`: as in `language` below; it may have changed since the frame's address was written. */
  | ({ do: "init"; kept: string | null; open: boolean; language: string } & Whereabouts)
  | ({ do: "shown" } & Whereabouts)
  | { do: "hidden" }
  /** The page asks for another language than the frame's address did: a BCP 47 tag. */
  | { do: "language"; language: string };

/** The page that the visitor looks at, and whence they came to it: addresses without query and fragment, which may hold secrets. */
export interface Whereabouts {
  page: string;
  title: string;
  referrer: string;
}

export const SEAL = { switchboard: 1 } as const;

/** The message inside, when the data carries our seal. */
export function unsealed<T extends ToHost | ToFrame>(data: unknown): T | null {
  return (data as { switchboard?: unknown } | null)?.switchboard === 1 ? (data as T) : null;
}
