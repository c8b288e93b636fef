// What the phone keeps: the shift, the sealed roster, who is inside, and the scans that wait.

import { standing, stillRevoked, withFact } from "./admissions.js";
import { openDatabase, result, write } from "./database.js";
import { placesAfter } from "./places.js";
import { letsIn } from "./scan_queue.js";

/** Open the store. Rejects where the browser refuses, as in some private windows. */
export const openStore = async () => new Store(await openDatabase());

export class Store {
  constructor(database) {
    this.database = database;
  }

  #write(names, act, durability) {
    return write(this.database, names, act, durability);
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

  /** Keep facts, each with the next number of this phone, and return them. `make(counter, roster's version)` makes one. */
  append(...makers) {
    return this.#write(["kv", "queue"], async (at) => {
      const [last = 0, roster] = await Promise.all(["counter", "roster"].map((key) => result(at("kv").get(key))));
      const facts = makers.map((make, index) => make(last + index + 1, roster?.version));
      for (const fact of facts) at("queue").put(fact);
      at("kv").put(last + facts.length, "counter");
      const newest = facts.at(-1);
      if (letsIn(newest)) at("kv").put(newest, "last");
      else if (newest.kind === "undo") at("kv").delete("last");
      return facts;
    }, "strict");
  }

  /** Return how many are inside on a ticket as this phone knows it. */
  async standing(entry) {
    const asked = [this.#read("admissions", (store) => store.get(entry)), this.pending()];
    const [told, waiting] = await Promise.all(asked);
    const own = waiting.filter((fact) => fact.entry === entry);
    return standing(told, own.sort((a, b) => a.counter - b.counter));
  }

  /** Return how many may come in without a ticket, as placesAfter does. */
  async places() {
    return placesAfter(await this.get("places"), await this.pending());
  }

  /** Delete acknowledged facts, keeping what they did to their tickets, and mark the faulty ones. */
  settle(acknowledged, faulty) {
    return this.#write(["kv", "queue", "admissions"], async (at) => {
      const places = await result(at("kv").get("places"));
      if (places) at("kv").put(placesAfter(places, acknowledged), "places");
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
  takeIn({ version, roster_version, full, answers, revocations, admissions, headcount, places }) {
    return this.#write(["kv", "roster", "admissions"], async (at) => {
      if (full) at("admissions").clear();
      const revoked = full ? [] : ((await result(at("kv").get("revoked"))) ?? []);
      at("kv").put(stillRevoked(revoked, answers, revocations), "revoked");
      for (const entry of answers) at("roster").put(entry);
      for (const admission of admissions) at("admissions").put(admission);
      at("kv").put(version, "changes_version");
      at("kv").put(headcount, "headcount");
      at("kv").put(places, "places");
      const roster = await result(at("kv").get("roster"));
      if (roster && !full) at("kv").put({ ...roster, version: roster_version }, "roster");
    });
  }

  /** Keep the sealed names, or forget them when there are none. */
  keepNames(names) {
    return this.#write(["kv"], (at) => (names ? at("kv").put(names, "names") : at("kv").delete("names")) && undefined);
  }

  /** Forget the guests, as when the phone is let go; the shift stays, so that what waits goes to its event. */
  forgetGuests() {
    return this.#write(["kv", "roster", "admissions"], (at) => {
      for (const name of ["roster", "admissions"]) at(name).clear();
      for (const key of ["roster", "changes_version", "headcount", "places", "last", "names", "revoked"]) at("kv").delete(key);
    });
  }

  /** Throw the waiting scans of a rehearsal away. */
  dropQueue() {
    return this.#write(["queue"], (at) => { at("queue").clear(); });
  }

  /** Forget the shift and the guest list, but never a scan that has not been sent. */
  forgetShift() {
    return this.#write(["kv", "roster", "admissions"], (at) => {
      for (const name of ["kv", "roster", "admissions"]) at(name).clear();
    });
  }
}
