import type { Drafts } from "../shared/drafts";
import type { Card } from "../shared/protocol";
import type { Deeds } from "./actions";
import type { Bell } from "./bell";
import type { Desk } from "./desk";
import { cutOff } from "./ending";
import type { Groups } from "./inbox";
import { neighbour } from "./keys";
import type { Notifier } from "./notifier";
import { isBeside, MESSAGE_FIELD, moveTo, type Surface, TAG_FIELD } from "./surface";
import { noteOf } from "./writing";

/** What the console's actions act on. */
export interface Around {
  desk: Desk;
  drafts: Drafts;
  surface: Surface;
  bell: Bell;
  notifier: Notifier;
}

/** What can be done now, with this chat on screen. */
export function deedsOf(around: Around, groups: Groups, card: Card | null): Deeds {
  const { desk, surface } = around;
  const { ringing, mine, others, ended } = groups;
  const order = [...ringing, ...mine, ...others, ...ended].map(({ chat }) => chat);
  const first = ringing[0];
  const step = (by: 1 | -1) => () => desk.select(neighbour(order, desk.selected.value, by));
  return {
    palette: () => (surface.overlay.value = surface.overlay.value === "palette" ? null : "palette"),
    keys: () => (surface.overlay.value = surface.overlay.value === "keys" ? null : "keys"),
    ...(first && { answer: () => desk.answer(first.chat) }),
    ...(order.length > 0 && { next: step(1), previous: step(-1) }),
    ...(card && { inbox: () => desk.select(null) }),
    ...(card && desk.isMine(card.chat) && ofChat(around, card)),
    ...ofAgent(around),
    ...places(desk),
  };
}

function ofChat({ desk, drafts, surface }: Around, { chat, status }: Card): Deeds {
  const always: Deeds = {
    customer: () => (surface.panel.value = !surface.panel.value),
    tag: () => {
      surface.panel.value = true;
      moveTo(TAG_FIELD);
    },
  };
  if (status !== "active") return always;
  return {
    ...always,
    write: () => {
      surface.panel.value &&= isBeside();
      moveTo(MESSAGE_FIELD);
    },
    canned: () => {
      surface.panel.value &&= isBeside();
      const draft = drafts.of(desk.mode.value === "note" ? noteOf(chat) : chat);
      draft.value = draft.value === "" || /\s$/.test(draft.value) ? `${draft.value}/` : `${draft.value} /`;
      moveTo(MESSAGE_FIELD, (field) => field instanceof HTMLTextAreaElement && field.setSelectionRange(field.value.length, field.value.length));
    },
    note: () => desk.switchMode(),
    transfer: () => (desk.transfers.open.value = chat),
    end: () => endOrAsk(desk, surface, chat),
  };
}

/** Asks once when somebody would be cut off; the second time is the answer. */
export function endOrAsk(desk: Desk, surface: Surface, chat: string): void {
  const unsent = desk.items.value.filter(({ command }) => command.t === "say" && command.chat === chat).length;
  const why = cutOff(desk.conversations.logs.value.get(chat), unsent);
  const isAsked = surface.asked.value?.chat === chat;
  if (why === null || isAsked) desk.end(chat);
  surface.asked.value = why === null || isAsked ? null : { chat, why };
}

function ofAgent({ desk, bell, notifier }: Around): Deeds {
  const me = desk.inbox.value.team.find(({ agent }) => agent === desk.boot.you.agent);
  return {
    ...(me && { state: () => desk.choose((desk.wanted.value ?? me.state) === "offline" ? "online" : "offline") }),
    mute: () => bell.mute(!bell.isMuted.value),
    ...(notifier.permission.value === "default" && { notify: () => void notifier.ask() }),
  };
}

function places(desk: Desk): Deeds {
  const to = (path: string) => () => location.assign(path);
  const console = `/console/${desk.boot.tenant.slug}`;
  return {
    rooms: to(`${console}/rooms`),
    texts: to(`${console}/canned-texts`),
    plan: to(`${console}/plan`),
    account: to("/account"),
    signOut: () => document.querySelector<HTMLFormElement>("form.out")?.requestSubmit(),
  };
}
