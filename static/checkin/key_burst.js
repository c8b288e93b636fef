// A scanner that is a keyboard types a whole code faster than anybody can, and ends with Enter. Pure.

const MOST_BETWEEN_MS = 60;
const LEAST_CHARACTERS = 8;

export class KeyBurst {
  #text = "";
  #at = -Infinity;

  /** Take a key pressed at `now` (milliseconds). Returns the code that is complete with it, or "". */
  take(key, now) {
    const isFast = now - this.#at < MOST_BETWEEN_MS;
    const text = isFast ? this.#text : "";
    this.#at = now;
    this.#text = key.length === 1 ? text + key : key === "Enter" ? "" : text; // Shift and the like are no characters
    return key === "Enter" && text.length >= LEAST_CHARACTERS ? text : "";
  }
}
