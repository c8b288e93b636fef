// Keeps what the phone holds of the guests as new as the server's: the sealed roster, and the sealed names where chosen.
// What could not be fetched is tried again after a while; meanwhile the phone scans, and hears of other doors.

const NAMES_EVERY_MS = 20_000;
const NOTED_EVERY_MS = 300_000;
export const RETRY_MS = 3000;

export class Keeper {
  #wanted = null;
  #isBehind = false;
  #kept = null;
  #fetchedAt = -Infinity;
  #failedAt = -Infinity;
  #isBusy = false;
  #notedAt = -Infinity;

  /** `onNames()` is called when the names on the phone are other ones or gone. */
  constructor({ store, api, timing, onNames }) {
    Object.assign(this, { store, api, timing, onNames });
  }

  /** Take in which versions the server has, and fetch what is new; what fails is no fault of the round that brought the news. */
  async follow({ roster_version, names_version }) {
    this.#wanted = names_version;
    const roster = await this.store.get("roster");
    this.#isBehind = Boolean(roster) && roster.version !== roster_version;
    await this.tend();
  }

  /** Fetch the roster, or what of it is new. */
  async fetchRoster() {
    const { version } = (await this.store.get("roster")) ?? {};
    const since = encodeURIComponent(version ?? "");
    const { json } = await this.api.get(`roster?since=${since}`, version ? `"${version}"` : "");
    if (json) await this.store.takeRoster(json);
    this.#isBehind = false;
    await this.#noteFresh();
  }

  async #noteFresh() {
    this.#notedAt = this.timing.now();
    await this.store.set({ list_as_of: Date.parse(this.timing.clock()) });
  }

  /** Bring the roster and the names to the versions that the server has; what fails is left for a later call. */
  async tend() {
    if (this.#isBusy || this.timing.now() - this.#failedAt < RETRY_MS) return;
    this.#isBusy = true;
    try {
      if (this.#isBehind) await this.fetchRoster();
      else if (this.timing.now() - this.#notedAt >= NOTED_EVERY_MS) await this.#noteFresh();
      await this.#tendNames();
    } catch {
      this.#failedAt = this.timing.now();
    } finally {
      this.#isBusy = false;
    }
  }

  /** Fetch names that are others, but not at each answer of a busy evening; forget them when they are off. */
  async #tendNames() {
    const wanted = this.#wanted;
    this.#kept ??= (await this.store.get("names"))?.version ?? "";
    const isTooSoon = this.#kept && wanted && this.timing.now() - this.#fetchedAt < NAMES_EVERY_MS;
    if (wanted === null || this.#kept === wanted || isTooSoon) return;
    const names = wanted ? (await this.api.get("names")).json : null;
    await this.store.keepNames(names);
    [this.#kept, this.#fetchedAt] = [names?.version ?? "", this.timing.now()];
    await this.onNames();
  }
}
