import { render } from "preact";
import { readBoot } from "../shared/boot";
import { brandOf, wear } from "../shared/brand";
import { Drafts } from "../shared/drafts";
import { safely } from "../shared/safe_storage";
import { App } from "./app";
import type { Boot } from "./boot";
import { meetHost, NOBODY } from "./host";
import { Keepsake } from "./keepsake";
import { report } from "./report";
import { speakAs, wordsFor } from "./tongue";
import { Visit } from "./visit";
import "./customer.css";

const boot = readBoot<Boot>();
const [host] = await Promise.all([boot.frame && window.parent !== window ? meetHost() : NOBODY, speakAs(boot.words)]);
host.language.subscribe(() => void speakAs(wordsFor(host.language.value)).catch(() => undefined)); // else it goes on as it was
const brand = brandOf(`#${new URLSearchParams(location.search).get("color") ?? ""}`);
if (brand !== null) wear(brand, document.documentElement);
const keepsake = new Keepsake(boot.room.token, safely(() => localStorage), host);
const drafts = new Drafts(safely(() => sessionStorage));
const visit = new Visit(boot, host, keepsake, drafts);
report(visit, host, keepsake);
render(<App boot={boot} host={host} visit={visit} drafts={drafts} />, document.getElementById("app")!);
