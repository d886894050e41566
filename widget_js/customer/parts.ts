import { addIcons } from "../shared/icon";
import { MORE_ICONS } from "../shared/more_icons";

/** What a chat of plain text can do without: files, and everything beside the thread. later.tsx says when it comes; later.css has its styles. */
export { AfterChat } from "./after_chat";
export { Afterwards } from "./afterwards";
export { Earlier, PastThread } from "./earlier";
export { filesOfVisitor } from "./files_of_visitor";
export { ForgetDialog, Forgotten } from "./forget";
export { MailDialog } from "./mail_dialog";
export { EmojiPicker } from "../shared/emoji_picker";

addIcons(MORE_ICONS);
