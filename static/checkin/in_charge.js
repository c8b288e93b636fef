// Whom to fetch this evening, when the organiser has said so: on the screen also without network. The phone keeps it sealed by
// a key that the browser hands to no script, and forgets both with the shift; who holds the open phone can read it.

import { bytes } from "./roster.js";

const KEPT = "in_charge";

export class InCharge {
  #shown = "null";
  #isOver = false;

  /** `show(told)` puts it on the screen. */
  constructor({ store, show }) {
    Object.assign(this, { store, show });
  }

  /** Show whom this phone was told of before it was closed. */
  async open() {
    const kept = await this.store.get(KEPT);
    this.#show(kept ? await opened(kept).catch(() => "null") : "null");
  }

  /** Take in whom the server names: {name, phone, dials}, null for nobody; one that knows of none says nothing. */
  async take(told = null) {
    const text = JSON.stringify(told);
    if (text === this.#shown) return;
    this.#show(text);
    const kept = told && (await sealed(text));
    if (!this.#isOver) await this.store.set({ [KEPT]: kept }).catch(() => {}); // a browser that keeps no keys shows it all the same
  }

  /** Keep nothing from now on: the phone is being wiped. */
  end() {
    this.#isOver = true;
  }

  #show(text) {
    this.#shown = text;
    this.show(JSON.parse(text));
  }
}

async function sealed(text) {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const box = { name: "AES-GCM", iv: crypto.getRandomValues(new Uint8Array(12)) };
  return { key, box, content: await crypto.subtle.encrypt(box, key, bytes(text)) };
}

async function opened({ key, box, content }) {
  return new TextDecoder().decode(await crypto.subtle.decrypt(box, key, content));
}
