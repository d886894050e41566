export interface Boot {
  room: { token: string; name: string };
  business: string;
  socket: string;
  frame: boolean;
}
