// Brings scans to the server and other doors' news back, again and again. Knows no browser: store and api come in. Pure.
// One round at a time: first what this phone has, then what is new, so that the answer holds this phone's own scans. A long
// queue goes in several rounds, and scans that are refused keep no news away.

import { BATCH, sorted, toWire } from "./scan_queue.js";

export const POLL_MS = 1000;
const LONGEST_MS = 15_000;
const BATCHES_A_ROUND = 10;
export const STALE_MS = 10_000;

/** Return how long to wait before the next round, after `failures` failed ones in a row. */
export function delayAfter(failures) {
  return failures === 0 ? POLL_MS : Math.min(LONGEST_MS, POLL_MS * 2 ** failures);
}

export class Sync {
  #timer = null;
  #running = null;
  #failures = 0;
  #contactAt = -Infinity;
  #mayWait = true;
  #isBehind = false;
  #refusals = 0;
  #notBefore = -Infinity;
  #since = null;

  /**
   * hooks: onResults(results, clashes), onNews(changes), onContact(isOnline, isNews), onLetGo(words);
   * timing: {now, clock, later, cancel}. A round without news reads and writes nothing: the next guest may be here.
   */
  constructor({ store, api, hooks, timing }) {
    Object.assign(this, { store, api, hooks, timing, etag: "" });
  }

  /** Say whether the server answered lately. */
  get isOnline() {
    return this.timing.now() - this.#contactAt < STALE_MS;
  }

  /** Run a round now, or join the one that is running and run another after it. */
  async nudge() {
    this.timing.cancel(this.#timer);
    if (this.#running) await this.#running;
    this.#running ??= this.#round().finally(() => { this.#running = null; });
    return this.#running;
  }

  /** Run a round as soon as the page is free: first comes the light. */
  soon() {
    this.#mayWait = true;
    this.timing.later(() => this.nudge(), 0);
  }

  stop() {
    this.isStopped = true;
    this.timing.cancel(this.#timer);
  }

  async #round() {
    if (this.isStopped) return;
    this.timing.cancel(this.#timer);
    let isNews = false;
    try {
      const isSent = await this.#upload();
      isNews = (await this.#fetchNews()) || isSent;
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      if (error.status === 401) return this.#letGo(error.message);
    }
    this.hooks.onContact(this.isOnline, isNews);
    if (this.isStopped) return;
    this.timing.cancel(this.#timer);
    const isMore = this.#mayWait && !this.#refusals && !this.#failures;
    this.#timer = this.timing.later(() => this.nudge(), isMore ? 0 : delayAfter(this.#failures));
  }

  /** Send what waits, and return whether anything was to be sent; what the server refuses is tried again after a while. */
  async #upload() {
    if (!this.#mayWait || this.timing.now() < this.#notBefore) return false;
    this.#mayWait = false;
    try {
      this.#isBehind = await this.#sendSome();
      this.#mayWait ||= this.#isBehind;
      this.#refusals = 0;
    } catch (error) {
      this.#mayWait = this.#isBehind = true;
      if (!error.status || error.status === 401) throw error; // without an answer there is no news either
      this.#refusals += 1;
      this.#notBefore = this.timing.now() + delayAfter(this.#refusals);
    }
    return true;
  }

  /** Send the oldest scans, and return whether there may be more. */
  async #sendSome() {
    for (let round = 0; round < BATCHES_A_ROUND; round += 1) {
      const batch = await this.store.waiting(BATCH);
      if (!batch.length) return false;
      await this.#send(batch);
    }
    return true;
  }

  async #send(batch) {
    const waiting = batch.length < BATCH ? 0 : (await this.#unsent()) - batch.length;
    const answer = await this.api.post("scans", { clock_utc: this.timing.clock(), scans: batch.map(toWire), waiting });
    const { acknowledged, faulty } = sorted(batch, answer.results);
    if (!acknowledged.length && !faulty.length) throw new Error("nothing was acknowledged");
    this.#contactAt = this.timing.now(); // a long queue takes its time, and the phone is online all the while
    this.#failures = 0; // what breaks off now waits a little, not as long as after an hour without network
    await this.store.settle(acknowledged, faulty);
    this.hooks.onResults(answer.results, answer.clashes ?? []);
  }

  async #fetchNews() {
    this.#since ??= (await this.store.get("changes_version")) ?? "";
    const waiting = this.#isBehind ? await this.#unsent() : 0;
    const { json, etag } = await this.api.get(`changes?since=${encodeURIComponent(this.#since)}&waiting=${waiting}`, this.etag);
    if (json) await this.store.takeIn(json);
    this.#contactAt = this.timing.now(); // other doors' scans are known from now on, whatever becomes of the rest
    if (!json) return false;
    this.#since = json.version;
    await this.hooks.onNews(json);
    this.etag = etag; // only now: news that could not be followed up are told again
    return true;
  }

  /** Return how many scans wait; only asked when some were left, so that the next guest does not wait for it. */
  async #unsent() {
    return (await this.store.counts()).unsent;
  }

  #letGo(words) {
    this.stop();
    this.hooks.onLetGo(words);
  }
}
