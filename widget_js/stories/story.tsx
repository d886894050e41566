import { type ComponentChild, render } from "preact";
import ar from "../../languages/ar.json";
import en from "../../languages/en.json";
import es from "../../languages/es.json";
import fr from "../../languages/fr.json";
import pt from "../../languages/pt.json";
import hans from "../../languages/zh-Hans.json";
import hant from "../../languages/zh-Hant.json";
import { brandOf, wear } from "../shared/brand";
import { addIcons } from "../shared/icon";
import { MORE_ICONS } from "../shared/more_icons";
import { speak } from "../shared/language";
import type { Catalogue } from "../shared/message";
import "./stories.css";

/** One state on a page of its own. `then`: what a person does to get there. */
export interface Story {
  draw(): ComponentChild;
  then?(app: HTMLElement): void;
}

export type Stories = Readonly<Record<string, Story | (() => ComponentChild)>>;

const CATALOGUES: readonly (typeof en | typeof ar | typeof fr | typeof es | typeof pt | typeof hans | typeof hant)[] = [en, ar, es, fr, pt, hans, hant];

/** `?app=widget&story=chat&theme=dark&lang=ar&dir=rtl&brand=ffd400`; without a story the list of them. */
export function show(app: string, stories: Stories): void {
  addIcons(MORE_ICONS);
  const wanted = new URLSearchParams(location.search);
  dress(wanted);
  const root = document.getElementById("app")!;
  const story = stories[wanted.get("story") ?? ""];
  if (story === undefined) return render(<Index app={app} stories={stories} query={wanted} />, root);
  document.title = `${app} ${wanted.get("story")}`;
  const { draw, then } = typeof story === "function" ? { draw: story, then: undefined } : story;
  render(draw(), root);
  // Twice: what a first drawing starts after a frame has then happened.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    then?.(root);
    document.documentElement.dataset.drawn = "yes";
  }));
}

function dress(wanted: URLSearchParams): void {
  const page = document.documentElement;
  const spoken = CATALOGUES.find((one) => one.language === wanted.get("lang")) ?? en;
  speak({ language: spoken.language, direction: spoken.direction as Catalogue["direction"], messages: { ...spoken.shared, ...spoken.customer } });
  page.lang = spoken.language;
  page.dir = wanted.get("dir") ?? spoken.direction;
  const theme = wanted.get("theme");
  if (theme !== null) page.dataset.theme = theme;
  const brand = brandOf(wanted.get("brand") ?? "");
  if (brand !== null) wear(brand, page);
}

function Index({ app, stories, query }: { app: string; stories: Stories; query: URLSearchParams }) {
  const to = (more: Record<string, string>) => `?${new URLSearchParams({ ...Object.fromEntries(query), app, ...more })}`;
  return (
    <main class="story-index">
      <h1 class="headline">Every state of the {app}</h1>
      <p class="row wrap">
        <a href={to({ app: "widget" })}>widget</a><a href={to({ app: "console" })}>console</a>
        <a href={to({ theme: "light" })}>light</a><a href={to({ theme: "dark" })}>dark</a>
        {CATALOGUES.map(({ language }) => <a key={language} href={to({ lang: language })}>{language}</a>)}
        <a href={to({ dir: "rtl" })}>rtl</a><a href={to({ brand: "ffd400" })}>a yellow brand</a>
      </p>
      <ul>{Object.keys(stories).map((name) => <li key={name}><a data-story={name} href={to({ story: name })}>{name}</a></li>)}</ul>
    </main>
  );
}

/** Parts beside each other, each under its name. */
export function Sheet({ title, children }: { title: string; children: ComponentChild }) {
  return <main class="story-sheet"><h1 class="headline">{title}</h1>{children}</main>;
}

export function Shown({ as, children }: { as: string; children: ComponentChild }) {
  return <section><h2 class="tiny muted">{as}</h2><div class="row wrap">{children}</div></section>;
}
