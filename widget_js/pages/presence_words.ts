/** What pages of the console say about the line that they hold. */
export const words = {
  online: "You are ONLINE. Chats ring on this page, too.",
  inChat: "You hold as many chats as you can.",
  offline: "You are OFFLINE. No chat rings.",
  lost: "No connection. After 45 seconds without one you count as away.",
  rings: (count: number) => (count === 1 ? "1 chat rings. Answer it" : `${count} chats ring. Answer them`),
  isRinging: (name: string) => `${name} is ringing`,
  ringsIn: (room: string) => `Ringing ${room}`,
  ringingTitle: (count: number) => `(${count}) Ringing · Switchboard`,
};
