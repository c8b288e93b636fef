// The screens: which one is shown, and what stands on it. Holds no state of the evening.

import { timeOfDay } from "./texts.js";

const find = (id) => document.getElementById(id);

export class View {
  constructor(texts) {
    this.texts = texts;
  }

  /** Show one screen; its heading gets the focus, so that a screen reader says where one is. */
  show(name) {
    for (const screen of document.querySelectorAll("[data-screen]")) screen.hidden = screen.dataset.screen !== name;
    document.querySelector(`[data-screen="${name}"] h2`)?.focus();
  }

  /** Put text into every element that waits for `name`. */
  put(name, text) {
    for (const node of document.querySelectorAll(`[data-put="${name}"]`)) node.textContent = text;
  }

  say(name, key, values) {
    this.put(name, this.texts(key, values));
  }

  /** Show the list of what must be good before scanning. */
  checks(list) {
    for (const { name, state, key, values } of list) {
      const row = document.querySelector(`[data-check="${name}"]`);
      row.dataset.state = state;
      row.querySelector("[data-check-state]").textContent = this.texts(`check_${state}`);
      row.querySelector("[data-check-text]").textContent = this.texts(key, values);
    }
  }

  enable(id, isEnabled) {
    find(id).disabled = !isEnabled;
  }

  reveal(id, isShown) {
    find(id).hidden = !isShown;
  }

  /** Fill the whole screen with a verdict. `chosen` is how many come in of a party. */
  verdict(verdict, chosen) {
    const { light, reason, inside, total, door, at_utc, persons } = verdict;
    const values = { inside, total, left: persons, door, time: at_utc ? timeOfDay(at_utc) : "" };
    const panel = find("verdict");
    panel.dataset.light = light;
    panel.dataset.reason = reason;
    this.say("verdict-light", `light_${light}`);
    this.say("verdict-title", `${reason}_title`, values);
    this.say("verdict-text", `${reason}_text`, values);
    this.say("verdict-do", `${reason}_do`, values);
    const needs = light === "red" ? [] : [...(verdict.needs ?? "")];
    this.put("verdict-needs", needs.map((need) => this.texts(`need_${need}`)).join(" "));
    this.party(light === "red" ? 0 : persons, chosen);
    this.#cover(panel, "verdict-next");
  }

  /** Show how many of a party come in, with buttons when there is a choice. */
  party(most, chosen) {
    find("party").hidden = most === 0;
    find("party-choice").hidden = most < 2;
    this.people("party-count", chosen);
    find("party-fewer").disabled = chosen <= 1;
    find("party-more").disabled = chosen >= most;
  }

  /** Put a number of persons in words into `name`. */
  people(name, count) {
    this.put(name, this.#persons(count));
  }

  #persons(count) {
    return count === 1 ? this.texts("persons_one") : this.texts("persons_many", { count });
  }

  /** List guests as buttons: their names, and how many come. */
  guests(list, found, onChoose) {
    const rows = found.map((guest) => {
      const [row, button, persons] = ["li", "button", "span"].map((name) => document.createElement(name));
      button.type = "button";
      persons.textContent = this.#persons(guest.persons);
      button.append(guest.names.join(", "), persons);
      button.addEventListener("click", () => onChoose(guest));
      row.append(button);
      return row;
    });
    list.replaceChildren(...rows);
  }

  hideVerdict() {
    this.#uncover(find("verdict"));
  }

  /** Show that two doors let the same ticket in. */
  clash({ id, ticket_ending, doors }) {
    const panel = find("clash");
    panel.dataset.clash = id;
    this.say("clash-text", "clash_text", { ending: ticket_ending });
    this.put("clash-first", this.texts("clash_side", { door: doors[0].door, time: timeOfDay(doors[0].at_utc) }));
    this.put("clash-second", this.texts("clash_side", { door: doors[1].door, time: timeOfDay(doors[1].at_utc) }));
    this.#cover(panel, "clash-seen");
  }

  hideClash() {
    this.#uncover(find("clash"));
  }

  /** Lay a panel over everything: what is below can be neither reached nor read until it is gone. */
  #cover(panel, button) {
    panel.hidden = false;
    this.#below().forEach((node) => { node.inert = true; });
    find(button).focus();
  }

  #uncover(panel) {
    panel.hidden = true;
    this.#below().forEach((node) => { node.inert = false; });
  }

  #below() {
    return document.querySelectorAll("[data-screen], #help, header, .ds-skip-link");
  }

  /** Show the counts of the evening and what waits to be sent. */
  counts({ headcount, door, unsent, faulty, isOnline }) {
    this.put("inside", String(headcount?.total ?? "–"));
    this.put("inside-here", String(headcount?.doors?.[door] ?? "–"));
    this.put("unsent", String(unsent));
    this.say("network", isOnline ? "network_on" : "network_off");
    document.body.dataset.network = isOnline ? "on" : "off";
    this.faulty(faulty);
  }

  /** Say how many scans cannot be sent, with a way to hand them on. */
  faulty(count) {
    this.put("faulty", count ? this.texts("faulty", { count }) : "");
    for (const id of ["faulty-open", "faulty-open-let-go"]) this.reveal(id, count > 0);
  }
}
