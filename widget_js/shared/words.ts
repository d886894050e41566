import type { Tick } from "./marker";

/** What thread and composer say in both apps. */
export const SHARED_WORDS = {
  messages: "Messages",
  message: "Message",
  send: "Send",
  writeHere: "Write a message",
  ticks: { sending: "Sending", sent: "Sent", delivered: "Delivered", read: "Read", failed: "Not sent" } satisfies Record<Tick, string>,
  tryAgain: "Try again",
  remove: "Remove",
  tooLong: (over: number) => `${over} ${over === 1 ? "character" : "characters"} too long. Shorten it or send it in two parts.`,
  newest: "Newest messages",
  noConnection: "No connection. Your messages go out by themselves when it is back.",
  closedForGood: "This page has stopped working. Reload it to go on; nothing you sent is lost.",
  reload: "Reload",
};
