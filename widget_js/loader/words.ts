/** All that the loader says to developers; what it says to visitors comes with its facts. */
export const words = {
  unknown: (kind: string, name: unknown, known: readonly string[]) => `Switchboard: no ${kind} "${name}". Known: ${known.join(", ")}.`,
  broken: "Switchboard:",
};
