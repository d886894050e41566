import { readFile } from "node:fs/promises";
import { transform } from "esbuild";

const TOKENS = new URL("../shared/tokens.css", import.meta.url);

/** Gives the loader its sheet as a string, with only the tokens that it uses: a tenant's page has no tokens.css. */
export const launcherCss = {
  name: "launcher-css",
  setup(build) {
    build.onLoad({ filter: /launcher\.css$/ }, async ({ path }) => {
      const sheet = await readFile(path, "utf8");
      const tokens = await readFile(TOKENS, "utf8");
      const { code } = await transform(withTokens(sheet, tokens), { loader: "css", minify: true, target: "es2020" });
      return { contents: code.trim(), loader: "text", watchFiles: [path] };
    });
  },
};

/** Under short names: the loader has 3 KB. */
function withTokens(sheet, tokens) {
  const [light, dark] = ["prefers-color-scheme: light", "prefers-color-scheme: dark"].map((scheme) => block(tokens, scheme));
  const names = [...new Set(sheet.match(/--[\w-]+(?=\))/g) ?? [])].filter((name) => light.has(name));
  const short = (name) => `--${names.indexOf(name).toString(36)}`;
  const spelled = (values) => names.flatMap((name) => (values.has(name) ? `${short(name)}:${values.get(name)};` : [])).join("");
  const renamed = sheet.replace(/var\((--[\w-]+)\)/g, (use, name) => (light.has(name) ? `var(${short(name)})` : use));
  return `div{${spelled(light)}}@media (prefers-color-scheme: dark){div{${spelled(onAnyPage(dark))}}}${renamed}`;
}

/** What meets the tenant's page stays as it is: its colours do not follow the visitor's scheme. */
function onAnyPage(dark) {
  return new Map([...dark].filter(([name]) => !/shadow|danger|focus/.test(name)));
}

/** The tokens of the first block, or of the block for the dark scheme. */
function block(tokens, scheme) {
  const start = scheme.endsWith("dark") ? tokens.indexOf("(prefers-color-scheme: dark)") : 0;
  const body = tokens.slice(start, tokens.indexOf("}", start)).replace(/\/\*.*?\*\//gs, "");
  return new Map([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, shortened(value)]));
}

/** What the minifier does to every value but a custom property's. */
function shortened(value) {
  return value.replace(/^#(.)\1(.)\2(.)\3$/, "#$1$2$3").replace(/ ?([,/]) /g, "$1");
}
