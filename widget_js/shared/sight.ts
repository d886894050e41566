import { useEffect, useRef, useState } from "preact/hooks";
import { isBehind, type Log } from "./log";

/** Is this page before the person's eyes? */
export function useSight(): boolean {
  const [isSeen, setSeen] = useState(inSight);
  useEffect(() => {
    const look = () => setSeen(inSight());
    document.addEventListener("visibilitychange", look);
    addEventListener("focus", look);
    addEventListener("blur", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("focus", look);
      removeEventListener("blur", look);
    };
  }, []);
  return isSeen;
}

function inSight(): boolean {
  return document.visibilityState === "visible" && (document.hasFocus() || window.parent !== window);
}

/** The log was read to its end once: from then on it is drawn, whatever is missing. A long one would else run past the eyes. */
export function useWhole(log: Log | null): boolean {
  const whole = useRef<string | null>(null);
  if (log !== null && log.read && !isBehind(log)) whole.current = log.chat;
  return log !== null && whole.current === log.chat;
}
