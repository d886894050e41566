import { useContext, useEffect, useState } from "preact/hooks";
import type { UUID } from "../protocol";
import type { Door } from "./door";
import { OfChat } from "./of_chat";

const STILL_GOOD_MS = 30_000;

/** Addresses of the files of one chat: asked for when something is looked at, and again when they have ended. */
export class Shelf {
  private readonly known = new Map<UUID, { readonly url: string; readonly ends: number }>();

  constructor(
    private readonly door: Door,
    private readonly chat: UUID,
  ) {}

  async url(file: UUID): Promise<string> {
    const known = this.known.get(file);
    if (known !== undefined && known.ends - Date.now() > STILL_GOOD_MS) return known.url;
    const { url, ends } = await this.door.find(this.chat, file);
    if (url === null) throw new Error("not ready");
    this.known.set(file, { url, ends: Date.parse(ends ?? "") || 0 });
    return url;
  }
}

/** The file's address once it is known; `lost` when it cannot be had now, `again` asks once more. */
export function useUrl(file: UUID): { readonly url: string | null; readonly isLost: boolean; again(): void } {
  const shelf = useContext(OfChat)?.shelf;
  const [turn, setTurn] = useState(0);
  const [found, setFound] = useState<{ url: string | null; isLost: boolean }>({ url: null, isLost: false });
  useEffect(() => {
    let isHere = true;
    const tell = (url: string | null, isLost: boolean) => isHere && setFound({ url, isLost });
    shelf?.url(file).then((url) => tell(url, false), () => tell(null, true));
    return () => void (isHere = false);
  }, [shelf, file, turn]);
  return { ...found, again: () => setTurn((one) => one + 1) };
}

/** Saves it under its own name. The answer is an attachment: the page stays where it is. */
export async function save(shelf: Shelf | undefined, file: UUID): Promise<void> {
  const url = await shelf?.url(file);
  if (url === undefined) return;
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}
