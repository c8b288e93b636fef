// The screen for scans that the server cannot read: the volunteer hands them to the door lead, and only then are they taken
// off the phone.

import { FILE_NAME, report } from "./faulty_report.js";

const find = (id) => document.getElementById(id);

export class FaultyScreen {
  #shown = [];

  constructor({ store, view, leave }) {
    Object.assign(this, { store, view, leave });
  }

  async open() {
    this.#shown = await this.store.faulty();
    find("faulty-text").value = report(this.#shown, (await this.store.get("shift")) ?? {}, this.view.texts);
    this.view.put("faulty-told", "");
    this.view.reveal("faulty-delivered", false);
    this.view.show("faulty");
  }

  /** Copy the text; where the browser refuses, it is marked, so that the volunteer can. */
  async copy() {
    try {
      await navigator.clipboard.writeText(find("faulty-text").value);
      this.#handedOver("faulty_copied");
    } catch {
      find("faulty-text").select();
      this.#handedOver("faulty_marked");
    }
  }

  /** Save the text as a file among the phone's downloads. */
  save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([find("faulty-text").value], { type: "text/plain;charset=utf-8" }));
    link.download = FILE_NAME;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    this.#handedOver("faulty_saved");
  }

  #handedOver(key) {
    this.view.say("faulty-told", key, { file: FILE_NAME });
    this.view.reveal("faulty-delivered", true);
  }

  /** The door lead has them: forget those that stand on the screen, and no others. */
  async delivered() {
    await this.store.dropFaulty(this.#shown);
    await this.leave();
  }
}

/** Connect the buttons of the screen; `current()` is this shift's. */
export function wireFaulty(on, current) {
  on("faulty-copy", () => current().copy());
  on("faulty-save", () => current().save());
  on("faulty-delivered", () => current().delivered());
}
