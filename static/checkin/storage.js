// What the phone keeps: the shift, the sealed roster, who is inside, and the scans that wait.

import { standing, stillRevoked, versionAfter } from "./admissions.js";
import { held, openDatabase, putAll, reading, result, write } from "./database.js";
import { placesAfter } from "./places.js";
import { letsIn } from "./scan_queue.js";

const OF_GUESTS = ["kv", "lines", "inside"];
const SCANS = ["queue", "faulty"];
const pairOf = ({ entry, ...told }) => [entry, told];
const linesOf = (entries) => entries.map(({ entry, sealed }) => [entry, sealed]);

/** Open the store. Rejects where the browser refuses, as in some private windows. */
export const openStore = async () => new Store(await openDatabase());

export class Store {
  #salt = null;

  constructor(database) { this.database = database; }

  #write(names, act, durability) {
    return write(this.database, names, act, durability);
  }

  #read(name, ask) {
    return result(ask(reading(this.database, [name])(name)));
  }

  get(key) {
    return this.#read("kv", (store) => store.get(key));
  }

  set(values) {
    return this.#write(["kv"], (at) => {
      for (const [key, value] of Object.entries(values)) at("kv").put(value, key);
    });
  }

  /** Return the oldest `most` of the scans that wait. */
  waiting(most) {
    return this.#read("queue", (store) => store.index("counter").getAll(null, most));
  }

  /** Return {unsent, faulty}: how many scans wait, and how many the server calls malformed. */
  async counts() {
    const [unsent, faulty] = await Promise.all(SCANS.map((name) => this.#read(name, (store) => store.count())));
    return { unsent, faulty };
  }

  /** Return the salt of the list on this phone, undefined when there is none; read once, since a guest waits. */
  async salt() {
    return (this.#salt ??= (await this.get("roster"))?.salt);
  }

  /** Return {line, known} of a ticket: its sealed line, undefined when not listed, and how many are inside on it. */
  async guest(entry) {
    const at = reading(this.database, ["lines", "inside", "queue"]);
    const own = result(at("queue").index("entry").getAll(entry));
    const [line, told, facts] = await Promise.all([held(at("lines"), entry), held(at("inside"), entry), own]);
    return { line, known: standing(told, facts.sort((a, b) => a.counter - b.counter)) };
  }

  /** Return how many guests are on the list. */
  async rosterCount() {
    const buckets = await this.#read("lines", (store) => store.getAll());
    return buckets.reduce((sum, bucket) => sum + Object.keys(bucket.held).length, 0);
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

  /** Return how many may come in without a ticket, as placesAfter does. */
  async places() {
    return placesAfter(await this.get("places"), await this.waiting());
  }

  /** Delete acknowledged facts, keeping what they did to their tickets, and lay the faulty ones aside. */
  settle(acknowledged, faulty) {
    return this.#write([...SCANS, "kv", "inside"], async (at) => {
      const settled = [...acknowledged, ...faulty];
      for (const { scan_id } of settled) at("queue").delete(scan_id);
      for (const fact of faulty) at("faulty").put(fact);
      const places = await result(at("kv").get("places"));
      if (places) at("kv").put(placesAfter(places, acknowledged), "places");
      const entries = [...new Set(settled.map(({ entry }) => entry).filter(Boolean))];
      const now = async (entry) => standing(await held(at("inside"), entry), settled.filter((fact) => fact.entry === entry));
      await putAll(at("inside"), await Promise.all(entries.map(async (entry) => [entry, await now(entry)])));
    });
  }

  /** Keep a whole roster, or what of it is new. */
  takeRoster({ version, salt, full, entries }) {
    this.#salt = null;
    return this.#write(["kv", "lines"], (at) => {
      if (full) at("lines").clear();
      at("kv").put({ version, salt }, "roster");
      return putAll(at("lines"), linesOf(entries));
    });
  }

  /** Keep what the server told of answers and admissions. */
  takeIn({ version, roster_version, full, answers, revocations, admissions, headcount, places }) {
    return this.#write(OF_GUESTS, async (at) => {
      if (full) at("inside").clear();
      for (const [key, value] of Object.entries({ changes_version: version, headcount, places })) at("kv").put(value, key);
      const revoked = full ? [] : ((await result(at("kv").get("revoked"))) ?? []);
      at("kv").put(stillRevoked(revoked, answers, revocations), "revoked");
      const roster = await result(at("kv").get("roster"));
      if (roster) at("kv").put({ ...roster, version: versionAfter(roster.version, { full, roster_version }) }, "roster");
      await Promise.all([putAll(at("lines"), linesOf(answers)), putAll(at("inside"), admissions.map(pairOf))]);
    });
  }

  /** Keep the sealed names, or forget them when there are none. */
  keepNames(names) {
    return this.#write(["kv"], (at) => (names ? at("kv").put(names, "names") : at("kv").delete("names")) && undefined);
  }

  /** Forget the guests, as when the phone is let go; the shift stays, so that what waits goes to its event. */
  forgetGuests() {
    this.#salt = null;
    return this.#write(OF_GUESTS, (at) => {
      for (const name of ["lines", "inside"]) at(name).clear();
      for (const key of ["roster", "changes_version", "headcount", "places", "last", "names", "revoked"]) at("kv").delete(key);
    });
  }

  /** Throw the waiting scans of a rehearsal away. */
  dropQueue() {
    return this.#write(SCANS, (at) => { for (const name of SCANS) at(name).clear(); });
  }

  /** Forget the shift and the guest list, but never a scan that has not been sent. */
  forgetShift() {
    this.#salt = null;
    return this.#write(OF_GUESTS, (at) => { for (const name of OF_GUESTS) at(name).clear(); });
  }
}
