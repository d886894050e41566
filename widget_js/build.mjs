import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";
import { launcherCss } from "./loader/launcher_css.mjs";

/** Named by the bundler after their contents: they import each other by these names. */
const PART = "customer_";
const OUT = new URL("dist/", import.meta.url);
const LANGUAGES = new URL("../languages/", import.meta.url);
const SHARED = { bundle: true, minify: true, write: false, outdir: "dist", absWorkingDir: fileURLToPath(new URL(".", import.meta.url)), legalComments: "none", logLevel: "warning" };
/** What comes later imports the app itself: what both need is then in the app's file, where it packs best, and not in a third one. */
const inTwo = { name: "in two", setup: ({ onLoad }) => onLoad({ filter: /customer.parts\.ts$/ }, async ({ path }) => ({ contents: `import "./main";\n${await readFile(path, "utf8")}`, loader: "ts" })) };
const APP = { ...SHARED, format: "esm", target: "es2022", jsx: "automatic", jsxImportSource: "preact" };

const [loader, customer, apps, pages] = await Promise.all([
  build({ ...SHARED, entryPoints: { w: "loader/loader.ts", w_hover: "loader/hover.ts" }, format: "iife", target: "es2020", plugins: [launcherCss] }),
  // In two: a chat of plain text does without customer/parts.ts, which comes later.
  build({ ...APP, entryPoints: { customer: "customer/main.tsx" }, splitting: true, chunkNames: `${PART}[name]-[hash]`, metafile: true, plugins: [inTwo] }),
  build({ ...APP, entryPoints: { console: "console/main.tsx", widget_stories: "stories/widget.tsx", console_stories: "stories/console.tsx" } }),
  build({
    ...SHARED,
    entryPoints: [
      { in: "customer/later.css", out: "later" }, { in: "pages/pages.css", out: "pages" }, { in: "pages/pages.ts", out: "pages" },
      { in: "console/pages.css", out: "console_pages" }, { in: "pages/copy.ts", out: "copy" },
      { in: "pages/presence.ts", out: "presence" },
    ],
    format: "esm",
    target: "es2022",
  }),
]);
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT);
await publish([...(await tightened(loader.outputFiles, {})), ...(await tightened(customer.outputFiles.filter(({ path }) => isOurs(basename(path))), { module: true })), ...apps.outputFiles, ...pages.outputFiles, ...(await catalogues())]);

/** The loader has 3 KB and the opened widget 40: terser inlines what esbuild leaves as functions. */
async function tightened(files, kind) {
  return Promise.all(files.map(async (file) => {
    if (!file.path.endsWith(".js")) return file;
    const { code } = await minify(file.text, { ...kind, ecma: 2020, compress: { ecma: 2020, passes: 3 } });
    return { path: file.path, contents: new TextEncoder().encode(`${code}\n`) };
  }));
}

/** One module per language, with what the widget says; the other groups are read by the server. */
async function catalogues() {
  const names = (await readdir(LANGUAGES)).filter((name) => name.endsWith(".json"));
  return Promise.all(names.map(async (name) => {
    const { language, direction, shared, customer } = JSON.parse(await readFile(new URL(name, LANGUAGES), "utf8"));
    const text = `export default ${JSON.stringify({ language, direction, messages: { ...shared, ...customer } })};\n`;
    return { path: name.replace(".json", ".js"), contents: new TextEncoder().encode(text) };
  }));
}

async function publish(files) {
  const manifest = {};
  for (const file of files) {
    const name = basename(file.path);
    // The loader's address is in the tenants' pages: it never changes, everything else carries its hash.
    manifest[name] = name === "w.js" || name.startsWith(PART) ? name : hashed(name, file.contents);
    await writeFile(new URL(manifest[name], OUT), file.contents);
  }
  manifest["customer.js"] = fileOfApp();
  await writeFile(new URL("manifest.json", OUT), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** customer.css, and the files of the app: not the entrance that only imports them, and not a second copy of the styles. */
function isOurs(name) {
  return name === "customer.css" || name.startsWith(PART) && name.endsWith(".js");
}

/** The bundler's own customer.js only imports the file that both entrances share: the page names that one. */
function fileOfApp() {
  const { imports } = Object.entries(customer.metafile.outputs).find(([path]) => path.endsWith("/customer.js"))[1];
  const paths = imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => basename(path));
  if (paths.length !== 1) throw new Error(`the customer app is in ${paths.length} files; the page names one`);
  return paths[0];
}

function hashed(name, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 10);
  return name.replace(".", `-${hash}.`);
}
