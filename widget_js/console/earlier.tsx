import { useEffect, useState } from "preact/hooks";
import { OfChat } from "../shared/files/of_chat";
import { linesOf, type Told } from "../shared/lines";
import { emptyLog, type Log } from "../shared/log";
import type { EarlierChat, UUID } from "../shared/protocol";
import { Thread } from "../shared/thread";
import { Notice, Skeleton } from "../shared/ui";
import { Dialog } from "../shared/ui/dialog";
import { dayOf } from "./dates";
import type { Parts } from "./parts";
import { readEarlier, reason } from "./records";
import { words } from "./words";

interface EarlierProps {
  parts: Parts;
  chat: UUID;
  name: string;
  earlier: EarlierChat;
  told(line: Told): string;
  close(): void;
}

/** A chat that has ended, over the one that goes on: to read, not to write. */
export function Earlier({ parts, chat, name, earlier, told, close }: EarlierProps) {
  const { backend, desk } = parts;
  const [log, setLog] = useState<Log | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const read = readEarlier(backend, chat, earlier.chat);
    read.then((entries) => setLog({ ...emptyLog(earlier.chat), entries, read: true }), (error: unknown) => setProblem(reason(error)));
  }, [backend, chat, earlier.chat]);
  return (
    <Dialog title={words.earlierChat(name, dayOf(earlier.at))} closes={words.close} close={close} isWide>
      <p class="xs muted" dir="auto">{words.earlierWhere(earlier.room, earlier.agent)}</p>
      {problem !== null && <Notice kind="bad">{problem}</Notice>}
      {problem === null && log === null && <Skeleton label={words.reading} />}
      {log !== null && <div class="chat earlier"><OfChat.Provider value={desk.files.ofEarlier(chat, earlier.chat)}><Thread lines={linesOf(log, [], "agent")} told={told} readTo={Infinity} isSeen tryAgain={() => undefined} remove={() => undefined} /></OfChat.Provider></div>}
    </Dialog>
  );
}
