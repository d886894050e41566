import { newsBetween, titleOf } from "../console/alarm";
import { Bell } from "../console/bell";
import { after, grouped, NOTHING_YET } from "../console/inbox";
import { Notifier } from "../console/notifier";
import { socketUrl } from "../shared/boot";
import { CloseCode, type Event } from "../shared/protocol";
import { safely } from "../shared/safe_storage";
import { type Link, Socket } from "../shared/socket";
import { words } from "./presence_words";

/** On pages of the console that the server draws: whoever looks at them stays connected, and hears what rings. Without a script the note in the page holds. */
const note = document.querySelector<HTMLElement>("[data-presence]");
if (note) stay(note, note.dataset as unknown as Where);

interface Where {
  presence: string;
  agent: string;
  inbox: string;
}

function stay(note: HTMLElement, where: Where): void {
  const remembered = safely(() => localStorage);
  const [bell, notifier] = [new Bell(remembered), new Notifier(remembered)];
  const title = document.title;
  let [inbox, second] = [NOTHING_YET, 0];
  const ringing = () => grouped(inbox.cards, where.agent).ringing;
  const answer = () => location.assign(where.inbox);
  const show = (link: Link) => {
    const cards = link === "live" ? ringing() : [];
    const me = inbox.team.find(({ agent }) => agent === where.agent);
    if (cards.length > 0) note.replaceChildren(leading(where.inbox, words.rings(cards.length)));
    else if (link === "lost" || link === "closed") note.textContent = words.lost;
    else if (me) note.textContent = me.state === "offline" ? words.offline : me.state === "in_chat" ? words.inChat : words.online;
    note.classList.toggle("rings", cards.length > 0);
    if (cards.length > 0) bell.ring();
    else bell.hush();
    entitle();
  };
  const entitle = () => {
    const state = { ringing: ringing(), unread: 0, isAway: !document.hasFocus(), second };
    document.title = titleOf(state, { title, isRinging: words.isRinging, ringingTitle: words.ringingTitle, unreadTitle: () => title });
  };
  const received = (event: Event) => {
    if (event.t !== "inbox" && event.t !== "inbox_change") return;
    const before = { ringing: ringing(), unread: new Map() };
    inbox = after(inbox, event);
    if (inbox.isStale) socket.send({ t: "look" });
    const { rings } = newsBetween(before, { ringing: ringing(), mine: [], unread: new Map() });
    if (!document.hasFocus()) for (const { chat, name, room } of rings) notifier.tell(chat, words.isRinging(name), words.ringsIn(room), answer);
    notifier.keepOnly(new Set(ringing().map(({ chat }) => chat)));
    show("live");
  };
  const socket = new Socket({
    url: () => socketUrl(where.presence),
    hello: () => ({ t: "hello" }),
    received,
    changed: (link) => link !== "live" && show(link),
    refused: (code) => code === CloseCode.SIGNED_OUT && location.assign("/sign-in"),
  });
  setInterval(() => {
    second++;
    entitle();
  }, 1_000);
  socket.start();
}

function leading(to: string, text: string): HTMLElement {
  const link = document.createElement("a");
  link.className = "btn primary wide";
  link.href = to;
  link.textContent = text;
  return link;
}
