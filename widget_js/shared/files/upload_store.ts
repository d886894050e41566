import type { SentFile, UUID } from "../protocol";

/** A file that a person sends. `sent`: the server has its bytes, the message has not gone yet. */
export interface Parcel {
  readonly cid: UUID;
  readonly chat: UUID;
  readonly name: string;
  readonly blob: Blob;
  readonly at: number;
  readonly seconds: number | null;
  readonly sent: SentFile | null;
}

export interface ParcelStore {
  all(): Promise<Parcel[]>;
  /** False when another tab has sent it. */
  has(cid: UUID): Promise<boolean>;
  put(parcel: Parcel): Promise<void>;
  remove(cid: UUID): Promise<void>;
}

/** Beside the outbox of the same writer. Without a database, parcels last as long as the page. */
export async function openParcels(writer: string): Promise<ParcelStore> {
  try {
    const database = await opened(`switchboard:files:${writer}`);
    const parcels = (mode: IDBTransactionMode) => database.transaction("parcels", mode).objectStore("parcels");
    return {
      all: () => done<Parcel[]>(parcels("readonly").getAll()),
      has: async (cid) => (await done(parcels("readonly").count(cid))) > 0,
      put: async (parcel) => void (await done(parcels("readwrite").put(parcel))),
      remove: async (cid) => void (await done(parcels("readwrite").delete(cid))),
    };
  } catch {
    return forgetful();
  }
}

export function forgetful(): ParcelStore {
  return { all: async () => [], has: async () => true, put: () => Promise.reject(new Error("no database")), remove: async () => undefined };
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("parcels", { keyPath: "cid" });
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
