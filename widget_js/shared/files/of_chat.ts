import { type ComponentType, createContext } from "preact";
import type { SentFile } from "../protocol";
import type { Shelf } from "./shelf";
import type { Staging } from "./staging";
import type { Upload } from "./uploads";

/** What one chat needs for its files: where they are, what is attached, and what draws them. */
export interface FilesOfChat {
  readonly shelf: Shelf;
  readonly staging: Staging;
  readonly Attachment: ComponentType<{ file: SentFile }>;
  readonly Outgoing: ComponentType<{ upload: Upload; cancel(): void }>;
  readonly Attached: ComponentType<{ staging: Staging }>;
}

/** Null while the code for files is on its way. */
export const OfChat = createContext<FilesOfChat | null>(null);
