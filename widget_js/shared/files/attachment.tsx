import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { lasting } from "../clock";
import { Icon } from "../icon";
import { apart } from "../language";
import type { SentFile } from "../protocol";
import { Dialog } from "../ui/dialog";
import { OfChat } from "./of_chat";
import { save, useUrl } from "./shelf";
import { endingOf, sizeOf } from "./size";
import { FILE_WORDS as words } from "./words";

/** A file of the log. Each says what it is and how big before anybody opens it. */
export function Attachment({ file }: { file: SentFile }) {
  if (file.state === "infected") return <KeptBack file={file} />;
  if (file.width !== null && file.height !== null) return <Picture file={file} width={file.width} height={file.height} />;
  return file.seconds !== null ? <VoiceNote file={file} seconds={file.seconds} /> : <Document file={file} />;
}

function Document({ file }: { file: SentFile }) {
  const shelf = useContext(OfChat)?.shelf;
  const [isLost, setLost] = useState(false);
  const fetched = () => save(shelf, file.file).then(() => setLost(false), () => setLost(true));
  return (
    <button type="button" class={isLost ? "file wrong" : "file"} aria-label={words.downloadFile(file.name)} onClick={() => void fetched()}>
      <Icon name="file" />
      <span class="grow"><bdi>{file.name}</bdi><span class="about">{isLost ? words.fileCannotLoad : aboutOf(file.name, file.size)}</span></span>
      <Icon name="download" />
    </button>
  );
}

function KeptBack({ file }: { file: SentFile }) {
  return <p class="file wrong"><Icon name="warn" /><span class="grow" dir="auto">{words.fileKeptBack(file.name)}</span></p>;
}

const NARROWEST = 0.6;
const WIDEST = 2.4;

function Picture({ file, width, height }: { file: SentFile; width: number; height: number }) {
  const { url, isLost, again } = useUrl(file.file);
  const [isLarge, setLarge] = useState(false);
  // The box has its final size before the picture is here.
  const aspectRatio = String(Math.min(WIDEST, Math.max(NARROWEST, width / height)));
  return (
    <>
      <button type="button" class="photo" style={{ aspectRatio }} aria-label={words.showLarger(file.name)} onClick={() => (isLost ? again() : setLarge(true))}>
        {url !== null && <img src={url} alt={words.pictureNamed(file.name)} width={width} height={height} onError={again} />}
        {isLost && <span class="lost">{words.fileCannotLoad}</span>}
      </button>
      {isLarge && <Lightbox file={file} close={() => setLarge(false)} />}
    </>
  );
}

function Lightbox({ file, close }: { file: SentFile; close(): void }) {
  const { url } = useUrl(file.file);
  const shelf = useContext(OfChat)?.shelf;
  return (
    <Dialog
      title={file.name} closes={words.closePicture} close={close} isWide
      foot={<button type="button" class="btn" onClick={() => void save(shelf, file.file).catch(() => undefined)}><Icon name="download" />{words.download}<span class="muted num">{sizeOf(file.size)}</span></button>}
    >
      {url !== null && <img class="large" src={url} alt={words.pictureNamed(file.name)} width={file.width ?? undefined} height={file.height ?? undefined} />}
    </Dialog>
  );
}

function VoiceNote({ file, seconds }: { file: SentFile; seconds: number }) {
  const { url, isLost, again } = useUrl(file.file);
  return <Player url={url} seconds={seconds} problem={isLost ? words.fileCannotLoad : null} again={again} />;
}

export interface PlayerProps {
  url: string | null;
  seconds: number;
  problem?: string | null;
  again?(): void;
}

/** Length from the server: a recorder's file does not know its own. */
export function Player({ url, seconds, problem, again }: PlayerProps) {
  const sound = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  useEffect(() => () => sound.current?.pause(), []);
  const pressed = () => {
    if (problem) again?.();
    else if (isPlaying) sound.current?.pause();
    else void sound.current?.play().catch(() => again?.());
  };
  const long = lasting(0, seconds * 1_000);
  return (
    <div class="voice">
      <button type="button" class="icon-btn" aria-label={isPlaying ? words.pauseVoice : words.playVoice(long)} disabled={url === null && !problem} onClick={pressed}>
        <Icon name={isPlaying ? "pause" : "play"} />
      </button>
      <progress aria-hidden="true" max={seconds} value={Math.min(at, seconds)} />
      <span class="num">{at > 0 ? lasting(0, at * 1_000) : long}</span>
      {problem && <span class="xs problem">{problem}</span>}
      {url !== null && (
        <audio
          ref={sound} src={url} preload="metadata" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)}
          onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)} onEnded={() => { setPlaying(false); setAt(0); }}
        />
      )}
    </div>
  );
}

/** PDF · 240 KB */
export function aboutOf(name: string, bytes: number): string {
  return [endingOf(name), sizeOf(bytes)].flatMap((part) => (part ? [apart(part)] : [])).join(" · ");
}
