// The phone's own database, IndexedDB, and how it is written: a write is over only when the transaction is complete and,
// where the browser can say so, on the disk.

import { bucketOf, inBuckets } from "./buckets.js";

const NAME = "treffpunkt-door";
// kv: single values by name. queue: scans that wait. faulty: scans that the server calls malformed. lines: the sealed list.
// inside: who is in. The last two are in buckets, {bucket, held: {entry: value}}.
const UPGRADES = [
  (database) => {
    database.createObjectStore("kv");
    for (const [name, keyPath] of [["queue", "scan_id"], ["roster", "entry"], ["admissions", "entry"]]) {
      database.createObjectStore(name, { keyPath });
    }
  },
  (database, transaction) => {
    for (const index of ["entry", "counter"]) transaction.objectStore("queue").createIndex(index, index);
    database.createObjectStore("faulty", { keyPath: "scan_id" });
    for (const name of ["lines", "inside"]) database.createObjectStore(name, { keyPath: "bucket" });
    carryOver(database, transaction);
  },
];

/**
 * Open the database. Rejects where the browser refuses, as in some private windows. `onBlocked()` is called when another
 * window has a database of a version before open: it is carried over as soon as that window is closed. `onNewer()` is called
 * when a newer version waits for this page to close its own.
 */
export function openDatabase({ onBlocked, onNewer }) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, UPGRADES.length);
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const upgrade of UPGRADES.slice(oldVersion)) upgrade(request.result, request.transaction);
    };
    request.onsuccess = () => {
      request.result.onversionchange = onNewer;
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = onBlocked;
  });
}

/** Take what a phone of the version before holds along: a list that has been fetched, who is in, and faulty scans. */
function carryOver(database, transaction) {
  const all = (name, take) => {
    transaction.objectStore(name).getAll().onsuccess = ({ target }) => take(target.result);
  };
  const moved = (from, into, valueOf) => all(from, (rows) => {
    putAll(transaction.objectStore(into), rows.map((row) => [row.entry, valueOf(row)]));
    database.deleteObjectStore(from);
  });
  moved("roster", "lines", ({ sealed }) => sealed);
  moved("admissions", "inside", ({ entry, ...told }) => told);
  all("queue", (facts) => {
    for (const fact of facts.filter(({ fault }) => fault)) {
      transaction.objectStore("faulty").put(fact);
      transaction.objectStore("queue").delete(fact.scan_id);
    }
  });
}

/** Return what a request of IndexedDB answers. */
export const result = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** Return the value of `entry` in a store of buckets, or undefined. */
export const held = async (store, entry) => (await result(store.get(bucketOf(entry))))?.held[entry];

/** Put `pairs`, [[entry, value]], into a store of buckets beside what is there. */
export const putAll = (store, pairs) => Promise.all(inBuckets(pairs).map(async ([bucket, more]) => {
  const before = await result(store.get(bucket));
  store.put({ bucket, held: { ...before?.held, ...more } });
}));

/** Return the stores of a transaction over `names` that only reads, by name. */
export function reading(database, names) {
  const transaction = database.transaction(names, "readonly");
  return (name) => transaction.objectStore(name);
}

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
