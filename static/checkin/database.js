// The phone's own database, IndexedDB, and how it is written: a write is over only when the transaction is complete and,
// where the browser can say so, on the disk.

const NAME = "treffpunkt-door";
const VERSION = 1;
const STORES = { kv: null, queue: "scan_id", roster: "entry", admissions: "entry" };

/** Open the database. Rejects where the browser refuses, as in some private windows. */
export function openDatabase(factory = indexedDB) {
  return new Promise((resolve, reject) => {
    const request = factory.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) {
        request.result.createObjectStore(name, keyPath ? { keyPath } : undefined);
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error ?? new Error("blocked"));
  });
}

/** Return what a request of IndexedDB answers. */
export const result = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/**
 * Run `act(at)` in one transaction over `names` and return what it returns, once everything is kept. Only a scan must be on
 * the disk before its light turns ("strict"): what the server told can be told again, and a deleted scan sent again.
 */
export function write(database, names, act, durability = "relaxed") {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, "readwrite", { durability });
    let outcome;
    transaction.oncomplete = () => resolve(outcome);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("aborted"));
    Promise.resolve(act((name) => transaction.objectStore(name)))
      .then((value) => { outcome = value; }, (error) => { reject(error); tryAbort(transaction); });
  });
}

function tryAbort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}
