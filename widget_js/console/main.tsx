import { render } from "preact";
import { readBoot } from "../shared/boot";
import { Drafts } from "../shared/drafts";
import { safely } from "../shared/safe_storage";
import { followAddress } from "./address";
import { App } from "./app";
import type { Boot } from "./boot";
import { Desk } from "./desk";
import "./english";
import "./console.css";

const desk = new Desk(readBoot<Boot>());
const drafts = new Drafts(safely(() => sessionStorage));
followAddress(desk);
void desk.begin();
render(<App desk={desk} drafts={drafts} />, document.getElementById("app")!);
