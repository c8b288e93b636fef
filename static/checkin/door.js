// One shift at one door: reads a code, judges it, keeps the fact, then turns the light; brings other doors' news.

import { ClashDesk } from "./clash_desk.js";
import { Ledger } from "./ledger.js";
import { lookUp } from "./lookup.js";
import { readCode } from "./ticket_code.js";
import { correction, judge, walkInVerdict } from "./verdict.js";

const GREEN_MS = 3000;
const PARTY_MS = 8000;

export class Door {
  #shown = null;
  #closing = 0;
  #turn = Promise.resolve();
  #toldOnline = null;

  constructor({ store, sync, view, signal, shift }) {
    const [clashes, ledger] = [new ClashDesk({ store, view, shift }), new Ledger({ store, sync, shift })];
    Object.assign(this, { store, sync, view, signal, shift, clashes, ledger });
  }

  /** Take a scanned or typed text; one after the other, whatever comes while one is judged. */
  onCode(text) {
    return this.#inTurn(() => this.#scan(text));
  }

  /** Let persons in who have no ticket; `isOver`: there are more than fit, and the door lead said yes. */
  letIn(persons, isOver) {
    return this.#inTurn(async () => {
      await this.closeVerdict();
      const verdict = walkInVerdict({ persons, isOver, isOnline: this.sync.isOnline });
      const fact = await this.ledger.keep({ ticket: "", entry: "", kind: "walk_in", persons, verdict: verdict.light });
      this.#tell(verdict, fact);
    });
  }

  #inTurn(act) {
    this.#turn = this.#turn.then(act).catch(() => this.#notSaved());
    return this.#turn;
  }

  /** Take a guest who was found by name in the opened index. */
  onGuest({ entry: id, reference, persons, needs }) {
    return this.#inTurn(async () => {
      await this.closeVerdict();
      const [revoked, { known }] = await Promise.all([this.store.get("revoked"), this.store.guest(id)]);
      const state = revoked?.includes(id) ? "revoked" : "valid";
      await this.#decide({ kind: "ticket", id, entry: { state, persons, reference, needs }, known });
    });
  }

  async #scan(text) {
    await this.closeVerdict();
    const reading = readCode(text);
    await this.#decide({ ...reading, ...(await lookUp(this.store, reading)) });
  }

  async #decide({ kind, code, id, entry, known }) {
    const verdict = judge({ kind, entry, known, isOnline: this.sync.isOnline });
    let fact = null;
    if (kind === "ticket") {
      const persons = verdict.light === "red" ? (entry?.persons ?? 1) : verdict.persons;
      fact = await this.ledger.keep({ ticket: entry?.reference ?? code, entry: id, kind: "in", persons, verdict: verdict.light });
    }
    this.#tell(verdict, fact);
  }

  /** Turn the light; what else is told waits until it is on the screen. */
  #tell(verdict, fact) {
    this.#show(verdict, fact);
    setTimeout(() => this.tellCounts().catch(() => {}));
  }

  #show(verdict, fact) {
    this.#shown = { verdict, fact, chosen: verdict.persons };
    this.view.verdict(verdict, verdict.persons);
    this.signal(verdict.light);
    this.#closeSoon();
  }

  #closeSoon() {
    clearTimeout(this.#closing);
    const { light, persons } = this.#shown.verdict;
    if (light === "green") this.#closing = setTimeout(() => this.closeVerdict(), persons > 1 ? PARTY_MS : GREEN_MS);
  }

  /** Change how many of a party came. */
  choose(step) {
    if (!this.#shown?.fact) return;
    const most = this.#shown.verdict.persons;
    this.#shown.chosen = Math.min(most, Math.max(1, this.#shown.chosen + step));
    this.view.party(most, this.#shown.chosen);
    this.#closeSoon();
  }

  /** Take the verdict away; if fewer came than was kept, take that back and keep the right number. */
  async closeVerdict() {
    const shown = this.#shown;
    this.#shown = null;
    clearTimeout(this.#closing);
    this.view.hideVerdict();
    if (shown?.fact && shown.verdict.light !== "red" && shown.chosen !== shown.fact.persons) {
      await this.ledger.correct(shown.fact, shown.chosen);
      await this.tellCounts();
    }
    this.clashes.show();
  }

  /** Take this phone's last admission back. */
  async undo() {
    await this.closeVerdict();
    const fact = await this.ledger.undo();
    if (fact) this.view.say("notice", "undone", { count: fact.persons });
    await this.tellCounts();
  }

  /** The server's answers: a code that this phone did not know may be known there. */
  onResults(results) {
    const { fact, verdict } = this.#shown ?? {};
    const result = fact && results.find(({ scan_id }) => scan_id === fact.scan_id);
    const reason = result ? correction(verdict.reason, result) : "";
    if (reason && verdict.light === "red") this.#show({ ...verdict, reason }, fact);
  }

  /** Other doors' news; a clash waits until the guest before the phone is done. */
  async onClashes(found) {
    await this.clashes.take(found);
    if (!this.#shown) this.clashes.show();
  }

  #notSaved() {
    this.#shown = null;
    this.#show({ light: "red", reason: "not_saved", persons: 0, inside: 0 }, null);
  }

  /** A round of syncing is over: tell what it may have changed. */
  onContact(isOnline, isNews) {
    if (isNews || isOnline !== this.#toldOnline) this.tellCounts().catch(() => {});
  }

  /** Show the counts, and what waits to be sent. */
  async tellCounts() {
    this.#toldOnline = this.sync.isOnline;
    const asked = [this.store.counts(), this.store.get("headcount"), this.ledger.last()];
    const [counts, headcount, last] = await Promise.all(asked);
    this.view.reveal("undo", Boolean(last));
    this.view.counts({ headcount, door: this.shift.door, ...counts, isOnline: this.sync.isOnline });
  }
}
