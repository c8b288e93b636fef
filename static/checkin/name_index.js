// Opens the sealed names with the shift's PIN, into memory only, and finds guests in them
// (outreach/checkin/names/name_index.py). Pure, WebCrypto only.

import { bytes, decoded, opened } from "./roster.js";

const LABEL = "treffpunkt door names";
const LEAST_LETTERS = 2;
// What people leave out when they type: marks over letters, and the letters that others write for ours.
const FOLDED = new Map(Object.entries({ æ: "ae", ø: "o", å: "a", đ: "d", ŋ: "n", ŧ: "t", ł: "l", ß: "ss" }));

/** Return the key that `pin` makes; it cannot be taken out of the browser. */
export async function nameKey(pin, { salt, iterations }) {
  const secret = await crypto.subtle.importKey("raw", bytes(pin), "PBKDF2", false, ["deriveKey"]);
  const stretching = { name: "PBKDF2", hash: "SHA-256", salt: decoded(salt), iterations };
  return crypto.subtle.deriveKey(stretching, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
}

/** Return the guests, [{names, entry, reference, persons, needs, words}]. Rejects when the key is another one's. */
export async function openIndex(key, { sealed }) {
  const { guests } = await opened(sealed, key, LABEL);
  return guests.map((guest) => ({ ...guest, words: guest.names.map((name) => wordsOf(name)) }));
}

/** Return {found, count}: at most `most` guests one of whose names has a word that begins with each typed word. */
export function findGuests(guests, typed, most) {
  const wanted = wordsOf(typed);
  if (wanted.join("").length < LEAST_LETTERS) return { found: [], count: 0 };
  const fits = (words) => wanted.every((part) => words.some((word) => word.startsWith(part)));
  const all = guests.filter((guest) => guest.words.some(fits));
  all.sort((a, b) => a.names[0].localeCompare(b.names[0], "nb"));
  return { found: all.slice(0, most), count: all.length };
}

function wordsOf(text) {
  const plain = text.toLowerCase().replace(/[æøåđŋŧłß]/g, (letter) => FOLDED.get(letter)).normalize("NFKD");
  return plain.replace(/\p{M}/gu, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}
