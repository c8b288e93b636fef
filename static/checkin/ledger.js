// This shift's facts: keeps each on the phone before its light turns, and takes back what turns out to be wrong.

import { newFact, undoOf } from "./scan_queue.js";

export class Ledger {
  constructor({ store, sync, shift }) {
    Object.assign(this, { store, sync, shift });
  }

  /** Return this phone's last admission that can still be taken back, or undefined; it outlives a restart. */
  last() {
    return this.store.get("last");
  }

  /** Keep a new fact, and return it. */
  keep(values) {
    return this.#append((counter, roster_version) =>
      newFact({ ...values, shift: this.#shiftOf({ roster_version }), counter, now: new Date() }));
  }

  /** Take `fact` back and keep the same with the right number of persons. */
  correct(fact, persons) {
    const now = new Date();
    const { ticket, entry, kind, verdict } = fact;
    const shift = this.#shiftOf(fact);
    return this.#append(
      (counter) => undoOf(fact, { counter, now, shift }),
      (counter) => newFact({ ticket, entry, kind, persons, verdict, shift, now, counter }),
    );
  }

  /** Take the last admission back, and return it; undefined when there is none. */
  async undo() {
    const fact = await this.last();
    if (fact) await this.#append((counter) => undoOf(fact, { counter, now: new Date(), shift: this.#shiftOf(fact) }));
    return fact;
  }

  #shiftOf({ roster_version }) {
    return { door: this.shift.door, roster_version };
  }

  async #append(...makers) {
    const facts = await this.store.append(...makers);
    this.sync.soon();
    return facts.at(-1);
  }
}
