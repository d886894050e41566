export interface Boot {
  room: { token: string; name: string };
  business: string;
  socket: string;
  frame: boolean;
  /** Address of the catalogue in the reader's language. */
  words: string;
  /** Address of the style sheet of what comes later. */
  later: string;
}
