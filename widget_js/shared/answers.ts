import type { Command, Event } from "./protocol";

const ANSWERS: Partial<Record<Command["t"], Event["t"]>> = { rate: "rated", recall: "past_chats", transcribe: "transcribed", admit: "admitted", forget: "forgotten" };

/** The key under which the answer to this command will come, or null when nothing answers it. */
export function awaited(command: Command): string | null {
  if (command.t === "say" || command.t === "open") return command.cid;
  if (command.t === "resume") return `resume ${command.chat}`;
  if (command.t === "look") return "look";
  if (command.t in ANSWERS) return command.t;
  return null;
}

/** The key of the command that this event answers, or null. */
export function answered(event: Event): string | null {
  if (event.t === "ack" || event.t === "opened") return event.cid;
  if (event.t === "entries") return `resume ${event.chat}`;
  const asked = Object.entries(ANSWERS).find(([, answer]) => answer === event.t);
  if (asked !== undefined) return asked[0];
  if (event.t === "inbox" || event.t === "status") return "look";
  if (event.t !== "refused") return null;
  if (event.cid !== null) return event.cid;
  return event.command === "resume" ? `resume ${event.chat}` : event.command;
}
