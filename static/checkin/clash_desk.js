// Clashes that concern this door, shown one at a time until the volunteer has seen each.

export class ClashDesk {
  #waiting = [];

  constructor({ store, view, shift }) {
    Object.assign(this, { store, view, shift });
  }

  /** Take the server's list: kept are those of this door that have not been seen here. */
  async take(found) {
    const seen = new Set((await this.store.get("seen_clashes")) ?? []);
    const isOurs = ({ id, doors }) => !seen.has(id) && doors.some(({ door }) => door === this.shift.door);
    this.#waiting = found.filter(isOurs);
  }

  /** Show the next one, if any. */
  show() {
    if (this.#waiting.length) this.view.clash(this.#waiting[0]);
  }

  /** The one on the screen has been seen. */
  async seen() {
    const [first, ...rest] = this.#waiting;
    this.#waiting = rest;
    this.view.hideClash();
    if (first) await this.store.set({ seen_clashes: [...((await this.store.get("seen_clashes")) ?? []), first.id] });
    this.show();
  }
}
