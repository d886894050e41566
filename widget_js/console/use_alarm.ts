import { useEffect, useRef, useState } from "preact/hooks";
import { unread } from "../shared/log";
import { useObserved } from "../shared/observable";
import { newsBetween, titleOf, type Unread } from "./alarm";
import type { Bell } from "./bell";
import type { Desk } from "./desk";
import type { Groups } from "./inbox";
import type { Notifier } from "./notifier";
import { words } from "./words";

/** Sentences for a screen reader; `turn` is another one each time, so that the same words are said again. */
export interface Said {
  readonly turn: number;
  readonly texts: readonly string[];
}

/** Calls for somebody: sound, the tab's title, the browser's notification, and what a screen reader is to say. */
export function useAlarm(desk: Desk, { ringing, mine }: Pick<Groups, "ringing" | "mine">, bell: Bell, notifier: Notifier): Said {
  const [said, setSaid] = useState<Said>({ turn: 0, texts: [] });
  const logs = useObserved(desk.conversations.logs);
  const counts: Unread = new Map(mine.map(({ chat }) => [chat, logs.has(chat) ? unread(logs.get(chat)!, "agent") : 0]));
  const before = useRef({ ringing, unread: counts });
  const rings = ringing.length > 0;
  useEffect(() => (rings ? bell.ring() : bell.hush()), [rings, bell]);
  useEffect(() => {
    const news = newsBetween(before.current, { ringing, mine, unread: counts });
    before.current = { ringing, unread: counts };
    if (news.writes.some(({ chat }) => !isSeen(desk, chat))) bell.tick();
    // The thread on screen says its own.
    const elsewhere = news.writes.filter(({ chat }) => chat !== desk.selected.value);
    const texts = [...news.rings.map(({ name }) => words.isRinging(name)), ...elsewhere.map(({ name }) => words.wrote(name))];
    if (texts.length > 0) setSaid(({ turn }) => ({ turn: turn + 1, texts }));
    if (document.hasFocus()) return;
    for (const { chat, name, room } of news.rings) notifier.tell(chat, words.isRinging(name), words.ringsIn(room), () => desk.select(chat));
    for (const { chat, name, room } of news.writes) notifier.tell(chat, words.wrote(name), room, () => desk.select(chat));
  });
  useEffect(() => notifier.keepOnly(new Set([...ringing, ...mine].map(({ chat }) => chat))), [ringing, mine, notifier]);
  useTitle(desk, ringing, [...counts.values()].reduce((sum, count) => sum + count, 0));
  return said;
}

function isSeen(desk: Desk, chat: string): boolean {
  return chat === desk.selected.value && document.hasFocus();
}

function useTitle(desk: Desk, ringing: Groups["ringing"], count: number): void {
  const { name } = desk.boot.tenant;
  const [second, setSecond] = useState(0);
  const rings = ringing.length > 0;
  useEffect(() => {
    if (!rings) return;
    const timer = setInterval(() => setSecond((was) => was + 1), 1_000);
    return () => clearInterval(timer);
  }, [rings]);
  const say = { title: words.title(name), isRinging: words.isRinging, ringingTitle: words.ringingTitle, unreadTitle: (unseen: number) => words.unreadTitle(unseen, name) };
  const title = titleOf({ ringing, unread: count, isAway: !document.hasFocus(), second }, say);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
