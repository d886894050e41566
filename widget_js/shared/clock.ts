import { useEffect, useState } from "preact/hooks";
import { dated, nearDay } from "./language";

/** The time, drawn again every second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export const hourOf = dated({ hour: "numeric", minute: "2-digit" });

const dateOf = dated({ weekday: "long", day: "numeric", month: "long" });

/** Today, yesterday, or the date; the browser knows these words in every language. */
export function dayNameOf(at: number, now: number): string {
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86_400_000);
  const name = days === 0 || days === -1 ? nearDay(days) : dateOf(at);
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}

/** 0:07, 4:12, 1:02:03. A clock that runs behind the server's shows 0:00, never less. */
export function lasting(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const tail = String(seconds % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}
