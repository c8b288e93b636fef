// Lets a code through once while it is held before the camera, so that one guest is not scanned twice. Pure.

export const ABSENCE_MS = 1500;

export class CodeGate {
  #text = "";
  #seenAt = -Infinity;

  /** Say whether `text` is news at `now` (milliseconds): another code, or the same one after an absence. */
  isNews(text, now) {
    const isHeld = text === this.#text && now - this.#seenAt < ABSENCE_MS;
    this.#text = text;
    this.#seenAt = now;
    return !isHeld;
  }
}
