import { useState } from "preact/hooks";
import { type Observable, useObserved } from "../shared/observable";
import { Field, LongField } from "../shared/ui";

interface DraftFieldProps {
  name: string;
  label: string;
  draft: Observable<string>;
  problem: string | null;
  isTried: boolean;
  isLong?: boolean;
}

/** A field turns red only after it was written in and left, or after the form was sent. */
export function DraftField({ name, label, draft, problem, isTried, isLong }: DraftFieldProps) {
  const value = useObserved(draft);
  const [isTouched, setTouched] = useState(false);
  const shared = {
    name, label, value,
    problem: isTried || isTouched ? problem : null,
    written: (text: string) => void (draft.value = text),
    left: () => value !== "" && setTouched(true),
  };
  return isLong ? <LongField {...shared} /> : <Field {...shared} autocomplete="name" />;
}
