// Generated from src/switchboard/protocol.py by widget_js/protocol_ts.py: run `make protocol`, do not edit.

/** RFC 4122, lower case. */
export type UUID = string;
/** UTC, ISO 8601. */
export type DateTime = string;

export const LONGEST_TEXT = 8000;
export const LONGEST_NAME = 120;
export const LONGEST_QUESTION = 2000;
export const LONGEST_PAGE = 2000;
export const LONGEST_PREVIEW = 500;
export const LONGEST_COMMENT = 1000;
export const MOST_STARS = 5;
export const TYPING_LASTS_MS = 5000;
export const LARGEST_FRAME = 1048576;
export const LARGEST_FILE = 20971520;
export const LONGEST_VOICE_S = 300;

/** Who wrote an entry. */
export type Side = "visitor" | "agent";

/** What a person wrote: 1 to LONGEST_TEXT characters, no NUL. */
export interface Text {
  kind: "text";
  text: string;
}

/** The entry's agent took the chat. */
export interface Answered {
  kind: "answered";
}

/** The entry's party ended the chat; nothing follows it. */
export interface Ended {
  kind: "ended";
}

/** What an agent wrote for agents: 1 to LONGEST_TEXT characters, no NUL. Visitors get `hidden` in its place. */
export interface Note {
  kind: "note";
  text: string;
}

/** A place in the log that is not for this side: neither text nor name. */
export interface Hidden {
  kind: "hidden";
}

/** The entry's agent gave the chat away: to `agent`, by name, or (None) to whoever answers in `room`. */
export interface Transferred {
  kind: "transferred";
  room: string;
  agent: string | null;
}

/** Life of a file: uploaded, held until a virus scanner has looked at it, ready to be sent and fetched, or infected. */
export type FileState = "arriving" | "held" | "ready" | "infected";

/** A file, `size` in bytes; pictures have `width`, `height`, voice notes `seconds`. From clients only `file` counts. */
export interface SentFile {
  kind: "file";
  file: UUID;
  name: string;
  media_type: string;
  size: number;
  width: number | null;
  height: number | null;
  seconds: number | null;
  state: FileState;
}

/** What stood here was erased at the customer's wish. */
export interface Erased {
  kind: "erased";
}

export type Body = Text | SentFile | Answered | Ended | Note | Hidden | Transferred | Erased;

/** One place in a chat's log. `seq` counts from 1 without gaps. */
export interface Entry {
  seq: number;
  from: Side;
  name: string;
  at: DateTime;
  cid: UUID;
  body: Text | SentFile | Answered | Ended | Note | Hidden | Transferred | Erased;
}

/** Highest seq that each side's devices have received and shown. They only rise. */
export interface Marks {
  visitor_delivered: number;
  visitor_read: number;
  agent_delivered: number;
  agent_read: number;
}

/** First frame of every socket, within 5 s. `token`: the visitor's; agents come by session cookie. */
export interface Hello {
  t: "hello";
  token?: string | null;
}

/** A visitor asks for a chat. Sent again with the same cid it answers with the same chat.

    What a browser says by itself is not refused: too long it is cut; control characters and the referrer's query are left out.
     */
export interface Open {
  t: "open";
  cid: UUID;
  name: string;
  question: string;
  page?: string | null;
  page_title?: string | null;
  referrer?: string | null;
}

/** Append to the chat's log. Sent again with the same cid it answers with the first seq. Notes are said by agents. */
export interface Say {
  t: "say";
  cid: UUID;
  chat: UUID;
  body: Text | Note | SentFile;
}

/** Subscribe to a chat and read its log after this seq (0 = from the start). */
export interface Resume {
  t: "resume";
  chat: UUID;
  after: number;
}

/** This device has received up to `delivered` and its person has seen up to `read`. */
export interface Mark {
  t: "mark";
  chat: UUID;
  delivered: number;
  read: number;
}

/** An agent takes a waiting chat. */
export interface Answer {
  t: "answer";
  chat: UUID;
}

/** Either side ends an active chat; the visitor also leaves a waiting one with it. */
export interface End {
  t: "end";
  chat: UUID;
}

/** An agent hands their active chat to a colleague of its room, who has it at once. `note` is for agents. */
export interface TransferToAgent {
  t: "transfer_to_agent";
  chat: UUID;
  agent: UUID;
  note?: string | null;
}

/** An agent lets their active chat ring in a room, ahead of those who wait there. `note` is for agents. */
export interface TransferToRoom {
  t: "transfer_to_room";
  chat: UUID;
  room: UUID;
  note?: string | null;
}

/** What stands in the sender's composer now; empty: nothing, or nobody is at it. From agents any text says only that. */
export interface Compose {
  t: "typing";
  chat: UUID;
  text: string;
}

/** What an agent chose (SPEC 5). */
export type Availability = "online" | "offline";

/** An agent chooses whether chats may ring. */
export interface Choose {
  t: "choose";
  availability: Availability;
}

/** Ask for the account view (inbox, room status) as a snapshot again. */
export interface Look {
  t: "look";
}

/** A visitor says how a chat was, 1 to MOST_STARS, in place of what they said before. Until they open another chat. */
export interface Rate {
  t: "rate";
  chat: UUID;
  stars: number;
  comment?: string | null;
}

/** A visitor asks for their chats, the newest first. */
export interface Recall {
  t: "recall";
}

/** A visitor wants a chat as a mail. `zone`: in whose times, an IANA name, else UTC; `language`: BCP 47, else English. */
export interface Transcribe {
  t: "transcribe";
  chat: UUID;
  to: string;
  zone: string;
  language: string;
}

/** Another window of this visitor comes with this code, of its own making: once, and within a minute. */
export interface Admit {
  t: "admit";
  code: string;
}

/** A visitor ends what is open and wants everything about them erased. The sockets of the visitor close. */
export interface Forget {
  t: "forget";
}

export type Command = Hello | Open | Say | Resume | Mark | Answer | End | TransferToAgent | TransferToRoom | Compose | Choose | Look | Rate | Recall | Transcribe | Admit | Forget;

/** The visitor's token is good; `status` and `current` follow. */
export interface WelcomeVisitor {
  t: "welcome_visitor";
  business: string;
  room: string;
}

/** The agent's session is good; `inbox` follows. */
export interface WelcomeAgent {
  t: "welcome_agent";
  agent: UUID;
  name: string;
}

/** The message is stored for good (sent after COMMIT). */
export interface Ack {
  t: "ack";
  cid: UUID;
  chat: UUID;
  seq: number;
  at: DateTime;
}

/** The chat exists and rings; its first entry (seq 1) is the question, under the same cid. */
export interface Opened {
  t: "opened";
  cid: UUID;
  chat: UUID;
}

/** A new entry, to every other party and device. A gap before its seq: send `resume`. */
export interface Message {
  t: "message";
  chat: UUID;
  entry: Entry;
}

/** Answer to `resume`: the next page of the log. `more`: resume again after the last seq of this page. */
export interface Entries {
  t: "entries";
  chat: UUID;
  entries: Entry[];
  more: boolean;
  marks: Marks;
}

/** The chat's marks rose. */
export interface Marked {
  t: "marked";
  chat: UUID;
  marks: Marks;
}

/** The other side is writing; over after TYPING_LASTS_MS, at its next message, or when `text` is empty.

    Agents get the end of what the visitor has written so far, visitors an ellipsis. Never stored, and may be lost.
     */
export interface Typing {
  t: "typing";
  chat: UUID;
  from: Side;
  text: string;
}

/** Life of a chat (SPEC 5). */
export type ChatStatus = "waiting" | "active" | "closed" | "abandoned";

/** To visitors: can anybody answer in this room now? `agents`: names of those who can. */
export interface Status {
  t: "status";
  online: boolean;
  agents: string[];
}

/** To visitors: their open chat in this room on any of their tabs, or none. */
export interface Current {
  t: "current";
  chat: UUID | null;
  status: ChatStatus | null;
}

/** What a visitor said of a chat, and when. */
export interface Rating {
  stars: number;
  comment: string | null;
  at: DateTime;
}

/** The rating is stored for good. */
export interface Rated {
  t: "rated";
  chat: UUID;
  rating: Rating;
}

/** A chat of a visitor, open or over. `since`: when it entered its status; `agent_name`: who answered. */
export interface PastChat {
  chat: UUID;
  room: string;
  status: ChatStatus;
  opened_at: DateTime;
  since: DateTime;
  question: string;
  agent_name: string | null;
  rating: Rating | null;
}

/** Answer to `recall`, the newest first. */
export interface PastChats {
  t: "past_chats";
  chats: PastChat[];
}

/** The mail leaves for this address. */
export interface Transcribed {
  t: "transcribed";
  chat: UUID;
  to: string;
}

/** The other window may come. */
export interface Admitted {
  t: "admitted";
}

/** Everything about this visitor is erased; the socket closes. */
export interface Forgotten {
  t: "forgotten";
}

/** What was said in this chat is erased: drop it and read the log from the start. */
export interface ChatErased {
  t: "chat_erased";
  chat: UUID;
}

/** A chat in the inbox. `since`: when it entered its status. `transferred_by`: who gave it away last; it waits first. */
export interface Card {
  chat: UUID;
  room: string;
  status: ChatStatus;
  name: string;
  question: string;
  page: string | null;
  since: DateTime;
  agent: UUID | null;
  agent_name: string | null;
  transferred_by: string | null;
  tags: string[];
  rating: Rating | null;
  page_title: string | null;
}

/** For display, derived from choice, lease and slots (SPEC 5). AWAY: chose ONLINE, no connection. */
export type AgentState = "online" | "in_chat" | "offline" | "away";

/** An agent of the tenant, as the team sees them; the reader is among them. */
export interface Teammate {
  agent: UUID;
  name: string;
  state: AgentState;
  used: number;
  capacity: number;
}

/** A room of the tenant and who serves it. */
export interface InboxRoom {
  room: UUID;
  name: string;
  agents: UUID[];
}

/** Snapshot of an agent's inbox: waiting, active (own and others') and lately closed own chats. */
export interface Inbox {
  t: "inbox";
  epoch: string;
  offset: number;
  cards: Card[];
  team: Teammate[];
  rooms: InboxRoom[];
}

/** The next state: replace or add these cards and teammates, drop `gone`; `rooms` are all or (None) as before.

    Other epoch or a gap in offset: send `look`.
     */
export interface InboxChange {
  t: "inbox_change";
  epoch: string;
  offset: number;
  cards: Card[];
  gone: UUID[];
  team: Teammate[];
  rooms: InboxRoom[] | null;
}

/** An ended chat of the same customer. `question`: its beginning. */
export interface EarlierChat {
  chat: UUID;
  at: DateTime;
  room: string;
  agent: string | null;
  question: string;
}

/** `chats`: how many the reader may know of, the present one among them. `more`: ask again before the last of `earlier`.

    `page`, whole, `referrer` and `user_agent` are as the customer's browser said when the present chat was opened: nothing of
    it is certain. `device`: what people call that browser.
     */
export interface CustomerRecord {
  name: string;
  first_seen: DateTime;
  chats: number;
  earlier: EarlierChat[];
  more: boolean;
  page: string | null;
  referrer: string | null;
  device: string | null;
  user_agent: string | null;
}

/** A page of an earlier chat's log. `more`: ask again after the last seq. */
export interface EarlierEntries {
  entries: Entry[];
  more: boolean;
}

/** Tags as the tenant spells them. */
export interface KnownTags {
  names: string[];
}

/** Why a command was refused. The table RETRYABLE says which may simply be sent again. */
export type Code = "busy" | "full" | "no_chat" | "closed" | "not_party" | "cid_reused" | "bad_body" | "empty" | "too_long" | "nobody_online" | "already_taken" | "at_capacity" | "not_allowed" | "unavailable" | "file_held" | "bad_address" | "too_many";

export const RETRYABLE: readonly Code[] = ["busy", "full", "unavailable"];

/** The command changed nothing. `message` is for people and says what to do; `retry_ms`: send again after this pause. */
export interface Refused {
  t: "refused";
  command: string;
  code: Code;
  message: string;
  cid: UUID | null;
  chat: UUID | null;
  retry_ms: number | null;
}

/** This server stops: the socket closes with RESTART, everything taken is acknowledged. Come back after this pause. */
export interface Bye {
  t: "bye";
  retry_ms: number;
}

export type Event = WelcomeVisitor | WelcomeAgent | Ack | Opened | Message | Entries | Marked | Typing | Status | Current | Inbox | InboxChange | Rated | PastChats | Transcribed | Admitted | Forgotten | ChatErased | Refused | Bye;

/** Why the server closed a socket: 1012 and 44xx come back with jitter, 45xx do not (DESIGN 5). */
export const CloseCode = {
  RESTART: 1012,
  SLOW: 4400,
  RESYNC: 4401,
  BUSY: 4403,
  BAD_FRAME: 4500,
  SIGNED_OUT: 4501,
  BAD_TOKEN: 4504,
  TOO_MANY_ERRORS: 4506,
  FORGOTTEN: 4507,
} as const;
