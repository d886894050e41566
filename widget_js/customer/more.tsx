import { useEffect, useState } from "preact/hooks";
import { useObserved } from "../shared/observable";
import { Menu, type MenuItem } from "../shared/ui";
import { fetchParts } from "./later";
import type { ViewProps } from "./view_props";
import { popOut } from "./window";
import { words } from "./words";

/** What is beside the chat, in every view of it. */
export function More({ boot, visit, places, chime, isWindow }: Pick<ViewProps, "boot" | "visit" | "places" | "chime" | "isWindow">) {
  const isMuted = useObserved(chime.isMuted);
  const isLive = useObserved(visit.link) === "live";
  const isKnown = (useObserved(visit.past)?.length ?? 0) > 0 || useObserved(visit.chat) !== null;
  const isFull = useFullScreen();
  const items: (MenuItem | false)[] = [
    isKnown && { key: "earlier", label: words.earlier, icon: "history", act: () => places.enter("earlier") },
    { key: "sound", label: isMuted ? words.unmute : words.mute, icon: isMuted ? "sound" : "muted", act: () => chime.mute(!isMuted) },
    document.fullscreenEnabled && { key: "full", label: isFull ? words.leaveFullScreen : words.fullScreen, icon: "full", act: () => void turnFullScreen(!isFull) },
    isLive && !isWindow && { key: "window", label: words.openInWindow, icon: "open", act: () => void popOut(visit) },
    isKnown && { key: "forget", label: words.forgetMe, icon: "trash", isDanger: true, act: () => places.enter("forget") },
  ];
  return <Menu label={words.more} items={items.filter((item) => item !== false)} opened={() => isKnown && fetchParts(boot, visit)} />;
}

function useFullScreen(): boolean {
  const [isFull, setFull] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", changed);
    return () => document.removeEventListener("fullscreenchange", changed);
  }, []);
  return isFull;
}

async function turnFullScreen(on: boolean): Promise<void> {
  await (on ? document.documentElement.requestFullscreen() : document.exitFullscreen()).catch(() => undefined);
}
