import { useEffect, useState } from "preact/hooks";
import type { CustomerRecord, EarlierEntries, Entry, UUID } from "../shared/protocol";
import { Refusal, type Backend } from "./backend";

/** What is known of a customer so far; `problem` says why it is not more. */
export interface Known {
  readonly record: CustomerRecord | null;
  readonly problem: string | null;
  more(): void;
}

const kept = new Map<UUID, CustomerRecord>();

/** Shown at once when it was read before, and read again: an earlier chat may have been added. A new name: the customer was forgotten. */
export function useRecord(backend: Backend, chat: UUID, name: string): Known {
  const [record, setRecord] = useState(kept.get(chat) ?? null);
  const [problem, setProblem] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    const read = (found: CustomerRecord) => {
      kept.set(chat, found);
      if (!isWanted) return;
      setRecord(found);
      setProblem(null);
    };
    backend.get<CustomerRecord>(`/chats/${chat}/customer`).then(read, (error: unknown) => isWanted && setProblem(reason(error)));
    return () => void (isWanted = false);
  }, [backend, chat, name, turn]);
  const more = () => {
    const last = record?.earlier.at(-1);
    if (record === null || last === undefined) return setTurn(turn + 1);
    const read = (next: CustomerRecord) => {
      setRecord({ ...next, earlier: [...record.earlier, ...next.earlier] });
      setProblem(null);
    };
    backend.get<CustomerRecord>(`/chats/${chat}/customer?before=${last.chat}`).then(read, (error: unknown) => setProblem(reason(error)));
  };
  return { record, problem, more };
}

/** The whole log of an earlier chat. Rejects with a Refusal. */
export async function readEarlier(backend: Backend, chat: UUID, earlier: UUID): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const after = entries.at(-1)?.seq ?? 0;
    const page = await backend.get<EarlierEntries>(`/chats/${chat}/earlier/${earlier}?after=${after}`);
    entries.push(...page.entries);
    if (!page.more || page.entries.length === 0) return entries;
  }
}

export function reason(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  throw error;
}
