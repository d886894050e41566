/** All that the loader says to people and, at the end, to developers. */
export const words = {
  open: "Open chat",
  close: "Close chat",
  unread: (count: number) => `${words.open}, ${count} unread ${count === 1 ? "message" : "messages"}`,
  panel: (business: string) => `Chat with ${business}`,
  unknown: (kind: "command" | "event", name: unknown, known: readonly string[]) =>
    `Switchboard: there is no ${kind} "${String(name)}". There are: ${known.join(", ")}.`,
  broken: "Switchboard: the chat could not start.",
};
