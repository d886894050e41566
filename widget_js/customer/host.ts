import { SEAL, type ToFrame, type ToHost, unsealed, type Whereabouts } from "../shared/bridge";
import { Observable } from "../shared/observable";

const INIT_WITHIN_MS = 1_500;

/** The page around the frame, or nobody when the room is open as a page of its own. */
export interface Host {
  readonly isThere: boolean;
  readonly kept: string | null;
  /** Is the panel open? */
  readonly shown: Observable<boolean>;
  /** What the page asks for, as a BCP 47 tag; empty: nothing. */
  readonly language: Observable<string>;
  where(): Partial<Whereabouts>;
  tell(message: ToHost): void;
}

export const NOBODY: Host = { isThere: false, kept: null, shown: new Observable(true), language: new Observable(""), where: () => ({ referrer: document.referrer }), tell: () => undefined };

/** Says hello to the page that embeds us. Who answers `init` first, from the window above, is the host from then on. */
export function meetHost(): Promise<Host> {
  return new Promise((resolve) => {
    const alone = setTimeout(() => resolve(NOBODY), INIT_WITHIN_MS);
    const greeted = (event: MessageEvent) => {
      const message = event.source === window.parent ? unsealed<ToFrame>(event.data) : null;
      if (message?.do !== "init") return;
      clearTimeout(alone);
      removeEventListener("message", greeted);
      resolve(hostAt(event.origin, message));
    };
    addEventListener("message", greeted);
    // It carries nothing, and whose page this is is not known before the answer.
    window.parent.postMessage({ ...SEAL, do: "ready" } satisfies ToHost & typeof SEAL, "*");
  });
}

function hostAt(origin: string, init: Extract<ToFrame, { do: "init" }>): Host {
  const shown = new Observable(init.open);
  const language = new Observable(init.language);
  let where: Whereabouts = init;
  addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== origin) return;
    const message = unsealed<ToFrame>(event.data);
    if (message?.do === "shown") where = message;
    if (message?.do === "language") language.value = message.language;
    if (message?.do === "shown" || message?.do === "hidden") shown.value = message.do === "shown";
  });
  const tell = (message: ToHost) => window.parent.postMessage({ ...SEAL, ...message }, origin);
  return { isThere: true, kept: init.kept, shown, language, where: () => where, tell };
}
