import { httpDoor } from "../shared/files/door";
import { Files } from "../shared/files/files";
import type { Say } from "../shared/files/uploads";

/** Visitors show their token with each request, and no cookie. */
export function filesOfVisitor(token: () => string | null, say: Say): Files {
  return new Files(httpDoor((chat) => `/visitor/chats/${chat}/files`, () => ({ authorization: `Bearer ${token()}` })), say);
}
