// What the phone keeps: the shift, the sealed roster, who is inside, and the scans that wait.

import { standing, stillRevoked, versionAfter } from "./admissions.js";
import { held, openDatabase, putAll, reading, result } from "./database.js";
import { ScanStore } from "./scan_store.js";

const OF_GUESTS = ["kv", "lines", "inside"];
const pairOf = ({ entry, ...told }) => [entry, told];
const linesOf = (entries) => entries.map(({ entry, sealed }) => [entry, sealed]);

/** Open the store, as openDatabase does. */
export const openStore = async (hooks = {}) => new Store(await openDatabase(hooks));

export class Store extends ScanStore {
  #salt = null;

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
    const buckets = await this.read("lines", (store) => store.getAll());
    return buckets.reduce((sum, bucket) => sum + Object.keys(bucket.held).length, 0);
  }

  /** Keep a whole roster, or what of it is new. */
  takeRoster({ version, salt, full, entries }) {
    this.#salt = null;
    return this.write(["kv", "lines"], (at) => {
      if (full) at("lines").clear();
      at("kv").put({ version, salt }, "roster");
      return putAll(at("lines"), linesOf(entries));
    });
  }

  /** Keep what the server told of answers and admissions. */
  takeIn({ version, roster_version, full, answers, revocations, admissions, headcount, places }) {
    return this.write(OF_GUESTS, async (at) => {
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
    return this.write(["kv"], (at) => (names ? at("kv").put(names, "names") : at("kv").delete("names")) && undefined);
  }

  /** Forget the guests, as when the phone is let go; the shift stays, so that what waits goes to its event. */
  forgetGuests() {
    this.#salt = null;
    return this.write(OF_GUESTS, (at) => {
      for (const name of ["lines", "inside"]) at(name).clear();
      for (const key of ["roster", "changes_version", "headcount", "places", "last", "names", "revoked", "in_charge"]) at("kv").delete(key);
    });
  }

  /** Forget the shift and the guest list, but never a scan that has not been sent. */
  forgetShift() {
    this.#salt = null;
    return this.write(OF_GUESTS, (at) => { for (const name of OF_GUESTS) at(name).clear(); });
  }
}
