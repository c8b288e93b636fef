// Opens one line of the sealed guest list with the guest's own code (outreach/checkin/roster.py). Pure, WebCrypto only.
// Without the code there is nothing to open: the phone holds neither codes nor keys nor names.

const ID_LABEL = "treffpunkt roster id";
const KEY_LABEL = "treffpunkt roster key";
const ID_BYTES = 16;
const NONCE_BYTES = 12;

/** Return text as UTF-8 bytes. */
export const bytes = (text) => new TextEncoder().encode(text);

/** Return under which id the roster of `salt` (base64url) keeps `code`. */
export async function entryId(code, salt) {
  const parts = [bytes(ID_LABEL), decoded(salt), bytes(code)];
  const digest = await crypto.subtle.digest("SHA-256", joined(parts));
  return encoded(new Uint8Array(digest).slice(0, ID_BYTES));
}

/** Return the key that opens the line of `code`, by `opened` under its id: {needs, persons, reference, state, version}. */
export async function entryKey(code, salt) {
  const secret = await crypto.subtle.importKey("raw", bytes(code), "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: decoded(salt), info: bytes(KEY_LABEL) };
  return crypto.subtle.deriveKey(derivation, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
}

/** Return the JSON value that was sealed by `key` under `label`. Rejects when the key or the label is another. */
export async function opened(sealed, key, label) {
  const raw = decoded(sealed);
  const box = { name: "AES-GCM", iv: raw.slice(0, NONCE_BYTES), additionalData: bytes(label) };
  const content = await crypto.subtle.decrypt(box, key, raw.slice(NONCE_BYTES));
  return JSON.parse(new TextDecoder().decode(content));
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Return the bytes of base64url text. */
export function decoded(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

function encoded(raw) {
  return btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
