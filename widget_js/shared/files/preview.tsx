import { useEffect, useState } from "preact/hooks";
import { Icon } from "../icon";
import { IconButton } from "../ui";
import { aboutOf, Player } from "./attachment";
import { isPicture } from "./size";
import type { Staged, Upload } from "./uploads";
import { FILE_WORDS as words } from "./words";

/** What is attached and waits for Send. */
export function Tray({ files, takeOut }: { files: readonly Staged[]; takeOut(file: Staged): void }) {
  if (files.length === 0) return null;
  return (
    <ul class="staged" aria-label={words.filesToSend}>
      {files.map((file) => (
        <li key={file.blob}>
          <Local {...file} />
          <IconButton icon="x" label={words.takeOut(file.name)} onClick={() => takeOut(file)} />
        </li>
      ))}
    </ul>
  );
}

/** A file on its way, where its message will stand. */
export function Outgoing({ upload, cancel }: { upload: Upload; cancel(): void }) {
  const { name, share, failed, isHeld } = upload;
  const percent = Math.round(share * 100);
  return (
    <div class="outgoing">
      <Local {...upload} />
      {failed === null && (
        <div class="row">
          {isHeld
            ? <span class="xs grow" role="status">{words.checkingFile}</span>
            : <progress class="grow" aria-label={words.sendingFile(name, percent)} max={1} value={share} />}
          <IconButton icon="x" label={words.cancelFile(name)} onClick={cancel} />
        </div>
      )}
    </div>
  );
}

/** From this device's own bytes: a picture as a picture, a voice note to listen to, anything else by name and size. */
function Local({ name, blob, seconds }: Staged) {
  const url = useBlobUrl(blob);
  if (seconds !== null) return <Player url={url} seconds={seconds} />;
  if (isPicture(blob.type)) return <span class="photo own">{url !== null && <img src={url} alt={words.pictureNamed(name)} />}</span>;
  return (
    <span class="file own"><Icon name="file" /><span class="grow"><bdi>{name}</bdi><span class="about">{aboutOf(name, blob.size)}</span></span></span>
  );
}

function useBlobUrl(blob: Blob): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
