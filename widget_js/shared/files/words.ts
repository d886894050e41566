import { t, words } from "../language";
import { LARGEST_FILE, type SentFile } from "../protocol";

/** What both apps say about files: messages of the group `shared`. */
export const FILE_WORDS = words(["shared"], {
  takeOut: (name: string) => t("takeOut", { name }),
  pictureNamed: (name: string) => t("pictureNamed", { name }),
  showLarger: (name: string) => t("showLarger", { name }),
  downloadFile: (name: string) => t("downloadFile", { name }),
  playVoice: (lasting: string) => t("playVoice", { lasting }),
  cancelFile: (name: string) => t("cancelFile", { name }),
  sendingFile: (name: string, percent: number) => t("sendingFile", { name, percent }),
  fileKeptBack: (name: string) => t("fileKeptBack", { name }),
  tooLarge: () => t("fileTooLarge", { limit: LARGEST_FILE / 1024 / 1024 }),
});

/** What it is called where it is only mentioned. */
export function nameOf(file: SentFile): string {
  if (file.state === "infected") return FILE_WORDS.fileKeptBack(file.name);
  return file.seconds === null ? file.name : FILE_WORDS.voiceNote;
}
