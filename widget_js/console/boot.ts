import type { UUID } from "../shared/protocol";

export interface Boot {
  tenant: { slug: string; name: string };
  you: { agent: UUID; name: string; email: string };
  socket: string;
  csrf: string;
}
