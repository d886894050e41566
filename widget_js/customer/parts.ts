/** What is seen once there is a chat. It comes after the form, which is what most visitors open. */
export { Chat } from "./chat";
export { Earlier, PastThread } from "./earlier";
export { ForgetDialog, Forgotten } from "./forget";
export { MailDialog } from "./mail_dialog";
export { Waiting } from "./waiting";
