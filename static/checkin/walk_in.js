// The screen for guests without a ticket: how many come, and whether there is room for them as far as the phone knows.

import { MOST_WALK_INS, walkInWords } from "./places.js";

const find = (id) => document.getElementById(id);

export class WalkIn {
  #persons = 1;
  #places = undefined;

  /** `leave()` shows the scanner again. */
  constructor({ store, view, door, leave }) {
    Object.assign(this, { store, view, door, leave });
  }

  async open() {
    this.#persons = 1;
    find("walk-in-forced").checked = false;
    this.#places = await this.store.places();
    this.view.show("walk-in");
    this.tell();
  }

  choose(step) {
    this.#persons = Math.min(MOST_WALK_INS, Math.max(1, this.#persons + step));
    this.tell();
  }

  /** Say how many come and whether they fit; more than fit need the door lead's yes. */
  tell() {
    const { key, values, isOver } = walkInWords(this.#places, this.#persons);
    this.view.people("walk-in-count", this.#persons);
    this.view.say("places", key, values);
    this.view.put("places-age", this.door.sync.isOnline || key === "places_no_limit" ? "" : this.view.texts("places_offline"));
    this.view.reveal("walk-in-over", isOver);
    this.view.enable("walk-in-fewer", this.#persons > 1);
    this.view.enable("walk-in-more", this.#persons < MOST_WALK_INS);
    this.view.enable("walk-in-send", !isOver || find("walk-in-forced").checked);
  }

  /** Let them in: kept as a fact, then the light. */
  async send() {
    const { isOver } = walkInWords(this.#places, this.#persons);
    this.leave();
    await this.door.letIn(this.#persons, isOver);
  }
}

/** Connect the buttons of the screen; `current()` is this shift's. */
export function wireWalkIn(on, current) {
  on("walk-in-fewer", () => current().choose(-1));
  on("walk-in-more", () => current().choose(1));
  on("walk-in-forced", () => current().tell());
  on("walk-in-send", () => current().send());
}
