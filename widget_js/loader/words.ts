/** All that the loader says to people and, at the end, to developers. */
export const words = {
  open: "Open chat",
  close: "Close chat",
  unread: (count: number) => `${words.open}, ${count} unread ${count === 1 ? "message" : "messages"}`,
  panel: (business: string) => `Chat with ${business}`,
  unknownCommand: (name: unknown, known: string) => `Switchboard: there is no command "${String(name)}". There are: ${known}.`,
  unknownEvent: (name: unknown, known: string) => `Switchboard: there is no event "${String(name)}". There are: ${known}.`,
  broken: "Switchboard: the chat could not start.",
};
