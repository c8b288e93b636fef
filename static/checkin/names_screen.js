// The screen that finds a guest by name: asks for the shift's PIN after each start, and forgets the names with the page.

import { findGuests, nameKey, openIndex } from "./name_index.js";
import { readPin } from "./shift_pin.js";

const MOST_SHOWN = 8;
const find = (id) => document.getElementById(id);

export class NamesScreen {
  #key = null;
  #guests = null;
  #openedVersion = "";

  constructor({ store, view, door, leave }) {
    Object.assign(this, { store, view, door, leave });
  }

  async open() {
    this.view.put("pin-error", "");
    this.view.show("names");
    await this.refresh();
    find(this.#guests ? "name-text" : "shift-pin").focus();
  }

  /**
   * Offer the search where there are names. Take newer ones in with the same PIN; without names, or when they no longer
   * open, ask for the PIN again.
   */
  async refresh() {
    const kept = await this.store.get("names");
    this.view.reveal("names-open", Boolean(kept));
    if (!kept) this.#lock();
    else if (this.#key && kept.version !== this.#openedVersion) await this.#unlock(this.#key, kept).catch(() => this.#lock());
    this.#tell();
  }

  /** Open the names with what was typed. */
  async takePin() {
    const { pin, fault } = readPin(find("shift-pin").value);
    const kept = await this.store.get("names");
    if (!fault && kept) this.view.say("pin-error", "pin_opens");
    const reason = fault || (await this.#tryPin(pin, kept));
    find("shift-pin").setAttribute("aria-invalid", String(Boolean(reason)));
    this.view.put("pin-error", reason ? this.view.texts(`pin_${reason}`) : "");
    this.#tell();
    if (!reason) find("name-text").focus();
  }

  async #tryPin(pin, kept) {
    if (!kept) return "no_names";
    try {
      await this.#unlock(await nameKey(pin, kept), kept);
    } catch {
      return "wrong";
    }
    find("shift-pin").value = "";
    return "";
  }

  async #unlock(key, kept) {
    this.#guests = await openIndex(key, kept);
    [this.#key, this.#openedVersion] = [key, kept.version];
  }

  #lock() {
    [this.#key, this.#guests, this.#openedVersion] = [null, null, ""];
  }

  /** Show the field for the PIN, or the search with what it finds. */
  #tell() {
    this.view.reveal("pin-form", !this.#guests);
    this.view.reveal("name-search", Boolean(this.#guests));
    if (this.#guests) this.search();
  }

  search() {
    const typed = find("name-text").value;
    const { found, count } = findGuests(this.#guests ?? [], typed, MOST_SHOWN);
    const key = !typed.trim() ? "names_type" : count === 0 ? "names_none" : count > MOST_SHOWN ? "names_more" : "names_found";
    this.view.say("names-count", key, { count, most: MOST_SHOWN });
    this.view.guests(find("name-list"), found, (guest) => this.#choose(guest));
  }

  async #choose(guest) {
    find("name-text").value = "";
    find("name-list").replaceChildren();
    this.leave();
    await this.door.onGuest(guest);
  }
}

/** Connect the buttons of the screen; `current()` is this shift's. */
export function wireNames(current) {
  find("pin-form").addEventListener("submit", (event) => { event.preventDefault(); current().takePin(); });
  find("name-text").addEventListener("input", () => current().search());
}
