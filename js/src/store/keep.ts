import type { Waiting } from "./queue.ts";

/** What one page could not say of a document, as it is kept in the browser. */
export type Kept = {
  document: string;
  client: string;
  /** When that page was loaded: edits of this very page need not be asked about. */
  page: number;
  acts: readonly Waiting[];
};

/** Where it is kept. */
export type Shelf = {
  all(document: string): Promise<readonly Kept[]>;
  put(kept: Kept): Promise<unknown>;
  remove(document: string, client: string): Promise<unknown>;
};

const STORE = "unsent";

/** The browser's database; where it has none, or does not let us, nothing is kept beyond the page. */
export function openShelf(factory: IDBFactory | undefined): Shelf {
  const opened = new Promise<IDBDatabase>((resolve, reject) => {
    if (factory === undefined) {
      reject(new Error("this browser keeps nothing"));
      return;
    }
    const request = factory.open("boxreel", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: ["document", "client"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => {});
  const ask = async <T>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const request = act((await opened).transaction(STORE, mode).objectStore(STORE));
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  };
  return {
    all: (document) =>
      ask<Kept[]>("readonly", (store) =>
        store.getAll(IDBKeyRange.bound([document], [document, []])),
      ),
    put: (kept) => ask("readwrite", (store) => store.put(kept)),
    remove: (document, client) => ask("readwrite", (store) => store.delete([document, client])),
  };
}
