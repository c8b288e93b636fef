// What a scanned or typed text is: a ticket, an invitation, a mistyped code, or something foreign. Pure.
// The alphabet, the check character and the forgiving reading are those of outreach/formats/short_code.py.

export const ALPHABET = "23456789CDFHJKMNPRTVWXY";
const INVITATION_LENGTH = 12;
const TICKET_LENGTH = 16;
const MOST_CHARACTERS = 300;
const LINK = /^[\s\S]*\/(?:i|billett)\//i;
// What eyes and keyboards make of our characters; the last ones are Cyrillic capitals that look Latin.
const LOOK_ALIKES = new Map(Object.entries({
  S: "5", Z: "2", B: "8", G: "6", U: "V", A: "4", O: "D", 0: "D", Q: "D", 1: "7", I: "7", L: "7", E: "F",
  "С": "C", "Н": "H", "К": "K", "М": "M", "Р": "P", "Т": "T", "Х": "X", "У": "Y", "В": "8",
  "А": "4", "О": "D", "З": "3", "Е": "F",
}));

/** Return {kind: "ticket" | "invitation" | "mistyped" | "foreign", code} for a text, of which the beginning is read;
 *  code has no dashes. */
export function readCode(scanned) {
  const text = scanned.slice(0, MOST_CHARACTERS);
  const isLink = /^\s*[a-z][a-z0-9+.-]*:/i.test(text);
  if (isLink && !LINK.test(text)) return { kind: "foreign", code: "" };
  const code = plain(text);
  const kind = kindOfLength(code.length);
  if (kind && isSound(code)) return { kind, code };
  return { kind: isLink || looksForeign(text) ? "foreign" : "mistyped", code: "" };
}

/** Return the code as it is printed: groups of four with dashes. */
export function grouped(code) {
  return code.match(/.{1,4}/g)?.join("-") ?? "";
}

function plain(text) {
  const folded = text.replace(LINK, "").normalize("NFKC").toUpperCase();
  const kept = [...folded].filter((char) => /[\p{L}\p{N}]/u.test(char));
  return kept.map((char) => LOOK_ALIKES.get(char) ?? char).join("");
}

function kindOfLength(length) {
  return { [INVITATION_LENGTH]: "invitation", [TICKET_LENGTH]: "ticket" }[length] ?? "";
}

/** Say whether each character is ours and the check character fits: the weighted sum is zero modulo 23. */
function isSound(code) {
  let sum = 0;
  for (const [index, char] of [...code].entries()) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) return false;
    sum += (index + 1) * value;
  }
  return sum % ALPHABET.length === 0;
}

// A code typed with a fault has about the right length; a poster's or a phone's own QR has not.
function looksForeign(text) {
  const length = [...text].filter((char) => /[\p{L}\p{N}]/u.test(char)).length;
  return length > TICKET_LENGTH + 4;
}
