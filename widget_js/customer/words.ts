import { SHARED_WORDS } from "../shared/words";

/** All that the customer's side says to people. */
export const words = {
  ...SHARED_WORDS,
  hello: "Hello, how can we help?",
  here: (names: readonly string[]) => (names.length === 0 ? "Somebody is here." : `${listed(names)} ${names.length === 1 ? "is" : "are"} here.`),
  nobodyHere: "Nobody is here right now. This line changes as soon as somebody is back.",
  looking: "Looking who is here…",
  name: "Name",
  question: "Your question",
  nameMissing: "Your name, so that we know whom we talk to.",
  questionMissing: "Write your question here.",
  longerThan: (limit: number) => `Longer than ${limit} characters. Shorten it; you can write on in the chat.`,
  chatNow: "Chat now",
  onItsWay: "Your question is on its way…",
  offlineAsk: "No connection. Your question goes out by itself when it is back.",
  keptTitle: "Nobody is here right now",
  kept: "Your text is kept. This changes as soon as somebody is back.",
  backTitle: (names: readonly string[]) => `${names.length === 0 ? "Somebody" : listed(names)} ${names.length > 1 ? "are" : "is"} back`,
  back: "Press Chat now, your text is still here.",
  cutOffTitle: "Your earlier chat cannot be continued here",
  notArrived: "What did not arrive stands in the field above. Press Chat now to send it.",
  askAgain: "Ask again, and a new chat begins.",
  gone: "This chat address is no longer valid. Ask the business for a new one.",
  framed: "The chat cannot run inside this frame.",
  openInWindow: "Open the chat in a window",
  youWrote: "You wrote:",
  runsOn: "Runs on Switchboard",
  minimise: "Minimise",
  ringing: (room: string) => `Ringing ${room}`,
  hearIt: (names: readonly string[]) =>
    names.length === 0 ? "The team hears it now. Your question is on their screen." : `${listed(names)} ${names.length === 1 ? "hears" : "hear"} it now. Your question is on their screen.`,
  nobodyTitle: "Nobody is here at the moment",
  stillInLine: "Your question stays in line and rings again as soon as somebody is back.",
  offlineWaiting: "No connection. Your place in line is kept.",
  cancel: "Cancel",
  endChat: "End chat",
  chatEnded: "Chat ended",
  startAnew: "Start a new chat",
  answered: (name: string) => `${name} answered`,
  ended: (name: string) => `${name} ended the chat`,
  youEnded: "You ended the chat",
  writeTo: (name: string) => `Write to ${name}`,
};

/** Ben, Cara and Dan. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
