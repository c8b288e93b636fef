// Keeps what the phone holds of the guests as new as the server's: the sealed roster, and the sealed names where chosen.

const NAMES_EVERY_MS = 20_000;
const NOTED_EVERY_MS = 300_000;

export class Keeper {
  #wanted = "";
  #kept = null;
  #fetchedAt = -Infinity;
  #isBusy = false;
  #notedAt = -Infinity;

  /** `onNames()` is called when the names on the phone are other ones or gone. */
  constructor({ store, api, timing, onNames }) {
    Object.assign(this, { store, api, timing, onNames });
  }

  /** Take in which versions the server has. */
  async follow({ roster_version, names_version }) {
    this.#wanted = names_version;
    const roster = await this.store.get("roster");
    if (roster && roster.version !== roster_version) await this.fetchRoster();
    await this.tend();
  }

  /** Fetch the roster, or what of it is new. */
  async fetchRoster() {
    const roster = await this.store.get("roster");
    const since = encodeURIComponent(roster?.version ?? "");
    const { json } = await this.api.get(`roster?since=${since}`, roster ? `"${roster.version}"` : "");
    if (json) await this.store.takeRoster(json);
    await this.#noteFresh();
  }

  async #noteFresh() {
    this.#notedAt = this.timing.now();
    await this.store.set({ list_as_of: Date.parse(this.timing.clock()) });
  }

  /**
   * Note that the server has nothing newer, seldom. Fetch the names when they are others, but not at each answer of a busy
   * evening; forget them when they are off.
   */
  async tend() {
    if (this.timing.now() - this.#notedAt >= NOTED_EVERY_MS) await this.#noteFresh();
    this.#kept ??= (await this.store.get("names"))?.version ?? "";
    const isTooSoon = this.#kept && this.#wanted && this.timing.now() - this.#fetchedAt < NAMES_EVERY_MS;
    if (this.#kept === this.#wanted || isTooSoon || this.#isBusy) return;
    this.#isBusy = true;
    try {
      const names = this.#wanted ? (await this.api.get("names")).json : null;
      await this.store.keepNames(names);
      [this.#kept, this.#fetchedAt] = [names?.version ?? "", this.timing.now()];
      await this.onNames();
    } finally {
      this.#isBusy = false;
    }
  }
}
