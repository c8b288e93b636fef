// Keeps scans on the phone: those that wait, and those that the server calls malformed. Nothing else is kept so carefully.

import { standing } from "./admissions.js";
import { held, putAll, reading, result, write } from "./database.js";
import { placesAfter } from "./places.js";
import { letsIn } from "./scan_queue.js";

const SCANS = ["queue", "faulty"];

export class ScanStore {
  constructor(database) { this.database = database; }

  write(names, act, durability) {
    return write(this.database, names, act, durability);
  }

  read(name, ask) {
    return result(ask(reading(this.database, [name])(name)));
  }

  get(key) {
    return this.read("kv", (store) => store.get(key));
  }

  set(values) {
    return this.write(["kv"], (at) => {
      for (const [key, value] of Object.entries(values)) at("kv").put(value, key);
    });
  }

  /** Return the oldest `most` of the scans that wait. */
  waiting(most) {
    return this.read("queue", (store) => store.index("counter").getAll(null, most));
  }

  /** Return {unsent, faulty}: how many scans wait, and how many the server calls malformed. */
  async counts() {
    const [unsent, faulty] = await Promise.all(SCANS.map((name) => this.read(name, (store) => store.count())));
    return { unsent, faulty };
  }

  /** Keep facts, each with the next number of this phone, and return them. `make(counter, roster's version)` makes one. */
  append(...makers) {
    return this.write(["kv", "queue"], async (at) => {
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
    return this.write([...SCANS, "kv", "inside"], async (at) => {
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

  /** Return the scans that the server calls malformed, oldest first. */
  async faulty() {
    return (await this.read("faulty", (store) => store.getAll())).sort((a, b) => a.counter - b.counter);
  }

  /** Forget faulty scans that have been handed on. */
  dropFaulty(facts) {
    return this.write(["faulty"], (at) => { for (const { scan_id } of facts) at("faulty").delete(scan_id); });
  }

  /** Throw the waiting scans of a rehearsal away. */
  dropQueue() {
    return this.write(SCANS, (at) => { for (const name of SCANS) at(name).clear(); });
  }
}
