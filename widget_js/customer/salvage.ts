import type { Drafts } from "../shared/drafts";
import type { Item } from "../shared/outbox_store";
import type { Open, UUID } from "../shared/protocol";

/** Puts back into the form what did not arrive from a chat that is lost. Returns the question that was on its way. */
export function salvage(items: readonly Item[], chat: UUID | null, drafts: Drafts): Open | null {
  const opens = items.flatMap(({ command, failed }) => (command.t === "open" && failed === null ? [command] : []));
  const said = items.flatMap(({ command }) => (command.t === "say" && command.body.kind === "text" ? [command.body.text] : []));
  for (const open of opens) backIntoForm(open, drafts);
  const texts = [...said, begun(chat, drafts)].filter((text) => text.trim() !== "");
  if (texts.length > 0) drafts.giveBack("question", texts.join("\n"));
  return opens.at(-1) ?? null;
}

/** The form keeps the question until somebody answers, unless it was asked in another tab. */
function backIntoForm({ name, question }: Open, drafts: Drafts): void {
  if (drafts.of("question").value.trim() !== question) drafts.giveBack("question", question);
  if (drafts.of("name").value.trim() === "") drafts.of("name").value = name;
}

function begun(chat: UUID | null, drafts: Drafts): string {
  if (chat === null) return "";
  const draft = drafts.of(chat);
  const text = draft.value;
  draft.value = "";
  return text;
}
