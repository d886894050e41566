/** The little of Node that tests use to read a sheet: vitest gives an imported one as nothing. */
declare module "node:fs" {
  export function readFileSync(path: URL, encoding: "utf8"): string;
  export function readdirSync(path: URL): string[];
}
