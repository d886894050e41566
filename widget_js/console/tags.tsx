import { useEffect, useState } from "preact/hooks";
import { Icon } from "../shared/icon";
import type { Card, KnownTags } from "../shared/protocol";
import type { Backend } from "./backend";
import { reason } from "./records";
import { moveTo, TAG_FIELD } from "./surface";
import { words } from "./words";

/** The tags of a chat: typed, chosen from those the business has, taken off by a button each. */
export function Tags({ backend, card }: { backend: Backend; card: Card }) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [known, setKnown] = useState<readonly string[]>([]);
  const [onTheWay, setOnTheWay] = useState<readonly string[]>([]);
  const [leaving, setLeaving] = useState<readonly string[]>([]);
  useEffect(() => {
    setOnTheWay((before) => before.filter((tag) => !card.tags.includes(tag)));
    setLeaving((before) => before.filter((tag) => card.tags.includes(tag)));
  }, [card.tags]);
  const read = () => void backend.get<KnownTags>("/tags").then(({ names }) => setKnown(names), () => undefined); // only suggestions
  const add = async (event: Event) => {
    event.preventDefault();
    if (typed.trim() === "") return;
    try {
      const { names } = await backend.post<KnownTags>(`/chats/${card.chat}/tags`, { name: typed });
      setOnTheWay((before) => [...before, ...names]);
      setTyped("");
      setProblem(null);
    } catch (error) {
      setProblem(reason(error));
    }
  };
  const remove = (tag: string) => {
    setLeaving((before) => [...before, tag]);
    moveTo(TAG_FIELD); // the button that had the focus goes
    backend.post(`/chats/${card.chat}/tags/remove`, { name: tag }).catch((error: unknown) => {
      setLeaving((before) => before.filter((one) => one !== tag));
      setProblem(reason(error));
    });
  };
  const shown = [...new Set([...card.tags, ...onTheWay])].filter((tag) => !leaving.includes(tag));
  return (
    <section class="section" aria-label={words.tags}>
      <h3>{words.tags}</h3>
      {shown.length > 0 && (
        <ul class="row wrap tags">
          {shown.map((tag) => (
            <li key={tag} class="tag"><span class="cut" dir="auto">{tag}</span><button type="button" aria-label={words.untag(tag)} title={words.untag(tag)} onClick={() => remove(tag)}><Icon name="x" /></button></li>
          ))}
        </ul>
      )}
      <form class="field" onSubmit={(event) => void add(event)}>
        <input
          id={TAG_FIELD.slice(1)} list="known-tags" aria-label={words.addTag} placeholder={words.addTag} dir="auto" autocomplete="off" maxLength={60} enterkeyhint="done"
          aria-invalid={problem !== null} aria-describedby="tag-said" value={typed} onFocus={read} onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <datalist id="known-tags">{known.filter((tag) => !shown.includes(tag)).map((tag) => <option key={tag} value={tag} />)}</datalist>
        <p id="tag-said" class={problem === null ? "hint" : "problem"} role="status">{problem ?? words.tagHint}</p>
      </form>
    </section>
  );
}
