// The phone's own store, IndexedDB: the shift, the sealed roster, who is inside, and the scans that wait.
// A write is over only when the transaction is complete and, where the browser can say so, on the disk.

import { standing, withFact } from "./admissions.js";

const NAME = "treffpunkt-door";
const VERSION = 1;
const STORES = { kv: null, queue: "scan_id", roster: "entry", admissions: "entry" };

/** Open the store. Rejects where the browser refuses, as in some private windows. */
export function openStore(factory = indexedDB) {
  return new Promise((resolve, reject) => {
    const request = factory.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) {
        request.result.createObjectStore(name, keyPath ? { keyPath } : undefined);
      }
    };
    request.onsuccess = () => resolve(new Store(request.result));
    request.onerror = request.onblocked = () => reject(request.error ?? new Error("blocked"));
  });
}

const result = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export class Store {
  constructor(database) {
    this.database = database;
  }

  /** Run `act` in one transaction over `names` and return what it returns, once everything is kept. */
  #write(names, act) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(names, "readwrite", { durability: "strict" });
      let outcome;
      transaction.oncomplete = () => resolve(outcome);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("aborted"));
      Promise.resolve(act((name) => transaction.objectStore(name)))
        .then((value) => { outcome = value; }, (error) => { reject(error); tryAbort(transaction); });
    });
  }

  #read(name, ask) {
    return result(ask(this.database.transaction(name, "readonly").objectStore(name)));
  }

  get(key) {
    return this.#read("kv", (store) => store.get(key));
  }

  set(values) {
    return this.#write(["kv"], (at) => {
      for (const [key, value] of Object.entries(values)) at("kv").put(value, key);
    });
  }

  pending() {
    return this.#read("queue", (store) => store.getAll());
  }

  sealed(entry) {
    return this.#read("roster", (store) => store.get(entry));
  }

  rosterCount() {
    return this.#read("roster", (store) => store.count());
  }

  /** Keep facts, each with the next number of this phone, and return them. `make(counter)` makes one. */
  append(...makers) {
    return this.#write(["kv", "queue"], async (at) => {
      const last = (await result(at("kv").get("counter"))) ?? 0;
      const facts = makers.map((make, index) => make(last + index + 1));
      for (const fact of facts) at("queue").put(fact);
      at("kv").put(last + facts.length, "counter");
      return facts;
    });
  }

  /** Return how many are inside on a ticket as this phone knows it. */
  async standing(entry) {
    const told = await this.#read("admissions", (store) => store.get(entry));
    const own = (await this.pending()).filter((fact) => fact.entry === entry);
    return standing(told, own.sort((a, b) => a.counter - b.counter));
  }

  /** Delete acknowledged facts, keeping what they did to their tickets, and mark the faulty ones. */
  settle(acknowledged, faulty) {
    return this.#write(["queue", "admissions"], async (at) => {
      for (const fact of acknowledged) {
        at("queue").delete(fact.scan_id);
        if (!fact.entry) continue;
        const told = await result(at("admissions").get(fact.entry));
        at("admissions").put({ entry: fact.entry, ...withFact(standing(told, []), fact) });
      }
      for (const fact of faulty) at("queue").put(fact);
    });
  }

  /** Keep a whole roster, or what of it is new. */
  takeRoster({ version, salt, full, entries }) {
    return this.#write(["kv", "roster"], (at) => {
      if (full) at("roster").clear();
      for (const entry of entries) at("roster").put(entry);
      at("kv").put({ version, salt }, "roster");
    });
  }

  /** Keep what the server told of answers and admissions. */
  takeIn({ version, roster_version, full, answers, admissions, headcount }) {
    return this.#write(["kv", "roster", "admissions"], async (at) => {
      if (full) at("admissions").clear();
      for (const entry of answers) at("roster").put(entry);
      for (const admission of admissions) at("admissions").put(admission);
      at("kv").put(version, "changes_version");
      at("kv").put(headcount, "headcount");
      const roster = await result(at("kv").get("roster"));
      if (roster && !full) at("kv").put({ ...roster, version: roster_version }, "roster");
    });
  }

  /** Forget the shift and the guest list, but never a scan that has not been sent. */
  forgetShift() {
    return this.#write(["kv", "roster", "admissions"], (at) => {
      for (const name of ["kv", "roster", "admissions"]) at(name).clear();
    });
  }
}

function tryAbort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}
