/** All that the loader says to people and, at the end, to developers. */
export const words = {
  open: "Open chat",
  close: "Close chat",
  unread: (count: number) => `${words.open}, ${count} unread ${count === 1 ? "message" : "messages"}`,
  panel: (business: string) => `Chat with ${business}`,
  unknown: (kind: "command" | "event", name: unknown, known: readonly string[]) =>
    `Switchboard: no ${kind} "${String(name)}". Known: ${known.join(", ")}.`,
  broken: "Switchboard: chat not started.",
};
