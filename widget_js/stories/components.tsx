import { useState } from "preact/hooks";
import { EmojiPicker } from "../shared/emoji_picker";
import {
  Alert, Badge, Button, Card, Choice, EmptyState, Face, Field, IconButton, Lamp, type LampState, LongField, Menu, type MenuItem, Notice,
  SelectField, Skeleton, Tabs, Tag, TickBox, ToastList,
} from "../shared/ui";
import { Dialog } from "../shared/ui/dialog";
import { List, ListRow } from "../shared/ui/list";
import { Sheet, Shown, type Stories } from "./story";

const nothing = () => undefined;
const LAMPS: readonly LampState[] = ["online", "offline", "ringing", "busy", "away", "hungup"];
const MENU: readonly MenuItem[] = [
  { key: "transfer", label: "Transfer", icon: "swap", shortcut: "Alt T", act: nothing }, { key: "tag", label: "Tag", icon: "tag", act: nothing },
  { key: "end", label: "End chat", icon: "x", isDanger: true, act: nothing },
];

/** Every part of the design system, in every state. Both apps show them, each in its own size. */
export const PARTS: Stories = {
  buttons: () => (
    <Sheet title="Buttons">
      <Shown as="looks"><Button look="primary">Chat now</Button><Button>Compare</Button><Button look="plain">End chat</Button><Button look="quiet">Sign out</Button><Button look="danger">Forget me</Button></Shown>
      <Shown as="states"><Button look="primary" isBusy>Sending…</Button><Button disabled>Cannot be pressed</Button><Button look="primary" disabled>Cannot be pressed</Button><Button aria-pressed="true">Pressed</Button><Button icon="chat" shortcut="Alt A">Answer</Button></Shown>
      <Shown as="wide"><Button look="primary" isWide>Start a new chat</Button></Shown>
      <Shown as="icons"><IconButton icon="down" label="Minimise" /><IconButton icon="clip" label="Attach a file" /><IconButton icon="sound" label="Sound" aria-pressed="true" /><IconButton icon="mic" label="Record" disabled /></Shown>
    </Sheet>
  ),
  fields: () => <Fields />,
  lamps: () => (
    <Sheet title="Lamps and faces">
      <Shown as="lamps">{LAMPS.map((state) => <Lamp key={state} state={state}>{state}</Lamp>)}</Shown>
      <Shown as="faces"><Face name="Ben" size="small" of="agent" /><Face name="Vera Lindqvist" /><Face name="Cara" size="large" of="agent" lamp="online" /><Face name="Alice" size="huge" lamp="offline" /><span class="faces"><Face name="Ben" of="agent" /><Face name="Cara" of="agent" /></span></Shown>
      <Shown as="counts"><Badge count={3} label="3 chats" /><Badge kind="new" count={7} label="7 unread" /><Badge kind="hot" count={2} label="2 ringing" /><Badge kind="new" count={120} label="120 unread" /></Shown>
      <Shown as="tags"><Tag>GENERAL</Tag><Tag kind="accent">Professional</Tag><Tag kind="good">paid</Tag><Tag kind="wait">asking</Tag><Tag kind="bad">failed</Tag></Shown>
    </Sheet>
  ),
  notices: () => (
    <Sheet title="Notices">
      <Shown as="info"><Notice kind="info" title="Nothing changes today">Your plan changes on 1 December.</Notice></Shown>
      <Shown as="good"><Notice kind="good" title="Ben is back">Press Chat now, your text is still here.</Notice></Shown>
      <Shown as="wait"><Notice kind="wait" icon="offline">No connection. Your messages go out by themselves when it is back.</Notice></Shown>
      <Shown as="bad"><Alert kind="bad" acts={<Button>Reload</Button>}>This page has stopped working. Reload it to go on.</Alert></Shown>
      <Shown as="across"><Notice kind="wait" icon="offline" isFlat isLate>No connection.</Notice></Shown>
      <ToastList toasts={[{ subject: "a", text: "Ben took Vera’s chat" }, { subject: "b", text: "A long word about what happened, which needs more than one line on a small screen." }]} dismiss="Dismiss" drop={nothing} />
    </Sheet>
  ),
  cards: () => (
    <Sheet title="Cards and empty states">
      <Shown as="card"><Card title="GENERAL" foot={<><Button look="primary">Open</Button><Button>Copy</Button></>}><p>Rings at Ben and Cara.</p></Card></Shown>
      <Shown as="empty"><EmptyState icon="inbox" title="No chats right now" act={<Button look="primary">Go ONLINE</Button>}>You are OFFLINE. Go ONLINE to get chats.</EmptyState></Shown>
      <Shown as="skeletons"><Skeleton label="Opening the chat…" /><Skeleton label="Reading…" of="list" /></Shown>
    </Sheet>
  ),
  lists: () => (
    <Sheet title="Lists">
      <List label="Chats">
        <ListRow href="#a" lead={<Face name="Vera Lindqvist" />} what="Vera Lindqvist" more="Which frame size fits 1.72 m?" end="0:24" badge={<Badge kind="new" count={2} label="2 unread" />} />
        <ListRow href="#b" lead={<Face name="Gil" />} what="Gil" more="Thanks!" end="10:02" isCurrent />
        <ListRow act={nothing} lead={<Face name="ليلى" />} what="ليلى" more="هل المقاس M متوفر؟" end="9:40" />
      </List>
    </Sheet>
  ),
  menu: { draw: () => <Sheet title="Menu"><Shown as="open"><Menu label="More" items={MENU} /></Shown></Sheet>, then: (app) => app.querySelector<HTMLElement>("[aria-haspopup]")!.click() },
  tabs: () => <Choices />,
  dialog: () => (
    <>
      <Sheet title="Dialog"><p>Behind it.</p></Sheet>
      <Dialog title="End this chat?" closes="Close" close={nothing} foot={<><Button>Keep it</Button><Button look="primary">End chat</Button></>}>
        <p>Vera reads that you ended it. The log stays in History.</p>
        <Field label="Why, for your team" value="" written={nothing} hint="Vera does not see this." />
      </Dialog>
    </>
  ),
  "dialog-by-button": () => <ByButton />,
  emoji: () => <main class="story-sheet"><h1 class="headline">Emoji</h1><div class="thread-frame story-picker"><EmojiPicker pick={nothing} close={nothing} /></div></main>,
};

function Fields() {
  const [isTicked, tick] = useState(false);
  return (
    <Sheet title="Fields">
      <Shown as="empty, with a hint, wrong">
        <Field label="Name" value="" written={nothing} placeholder="Such as Vera" /><Field label="Room" value="Repairs" written={nothing} hint="Your visitors read it." /><Field label="E-mail" type="email" value="vera@" written={nothing} problem="The part after @ is missing." />
      </Shown>
      <Shown as="long and chosen"><LongField label="Your question" value="Which frame size fits?" written={nothing} /><SelectField label="Time zone" options={[{ value: "a", label: "Europe/Stockholm" }, { value: "b", label: "Asia/Taipei" }]} chosen="a" choose={nothing} /></Shown>
      <Shown as="in one frame"><div class="fields"><Field label="Name" value="Vera" written={nothing} /><Field label="E-mail" value="" written={nothing} problem="Your e-mail, so that we can answer." /><LongField label="Your question" value="" written={nothing} /></div></Shown>
      <Shown as="tick boxes"><TickBox isTicked={isTicked} tick={tick}>I agree</TickBox><TickBox isTicked tick={nothing}>Pressed</TickBox><TickBox isTicked={false} tick={nothing} isWrong>Needed to go on</TickBox></Shown>
    </Sheet>
  );
}

function ByButton() {
  const [isOpen, open] = useState(false);
  const close = () => open(false);
  return (
    <Sheet title="A button opens a dialog">
      <Shown as="button"><Button onClick={() => open(true)}>End chat</Button></Shown>
      {isOpen && <Dialog title="End this chat?" closes="Close" close={close} foot={<Button look="primary" onClick={close}>End chat</Button>}><p>Vera reads that you ended it.</p></Dialog>}
    </Sheet>
  );
}

function Choices() {
  const [tab, select] = useState("form");
  const [state, choose] = useState<"online" | "offline">("online");
  return (
    <Sheet title="Tabs and choices">
      <Tabs label="Room" tabs={[{ key: "addresses", label: "Addresses" }, { key: "form", label: "Form" }, { key: "install", label: "Install" }]} selected={tab} select={select}><p>What {tab} shows.</p></Tabs>
      <Shown as="choice"><Choice label="Your state" chosen={state} choose={(value) => choose(value)} options={[{ value: "online", label: "ONLINE", lamp: "online" }, { value: "offline", label: "OFFLINE", lamp: "offline" }]} /></Shown>
      <Shown as="not known yet"><Choice label="Write" chosen={null} choose={nothing} options={[{ value: "reply", label: "Reply" }, { value: "note", label: "Note" }]} /></Shown>
    </Sheet>
  );
}
