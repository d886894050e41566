import { useId, useState } from "preact/hooks";
import { type Observable, useObserved } from "../shared/observable";

interface FieldProps {
  name: string;
  label: string;
  draft: Observable<string>;
  problem: string | null;
  isTried: boolean;
  isLong?: boolean;
}

/** A field turns red only after it was written in and left, or after the form was sent. */
export function Field({ name, label, draft, problem, isTried, isLong }: FieldProps) {
  const value = useObserved(draft);
  const [isTouched, setTouched] = useState(false);
  const id = useId();
  const said = problem !== null && (isTried || isTouched) ? problem : null;
  const shared = {
    id, name, value, dir: "auto" as const,
    "aria-invalid": said !== null, "aria-describedby": said === null ? undefined : `${id}-problem`,
    onInput: (event: preact.TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) => (draft.value = event.currentTarget.value),
    onBlur: () => value !== "" && setTouched(true),
  };
  return (
    <div class={said === null ? "field" : "field wrong"}>
      <label class="label" for={id}>{label}</label>
      {isLong ? <textarea {...shared} rows={4} /> : <input {...shared} type="text" autocomplete="name" />}
      {said !== null && <p class="problem" id={`${id}-problem`}>{said}</p>}
    </div>
  );
}
