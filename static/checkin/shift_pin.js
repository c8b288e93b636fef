// Reads the shift's PIN as it is typed: sixteen digits, the last a check digit (outreach/checkin/names/shift_pin.py). Pure.

export const DIGITS = 16;

/** Return {pin, fault}: the digits of `text`, or why they are no PIN: "short", "long" or "mistyped". */
export function readPin(text) {
  const pin = text.normalize("NFKC").replace(/\D/g, "");
  if (pin.length !== DIGITS) return { pin: "", fault: pin.length < DIGITS ? "short" : "long" };
  return isSound(pin) ? { pin, fault: "" } : { pin: "", fault: "mistyped" };
}

/** Say whether the check digit fits (Luhn). */
function isSound(pin) {
  const sum = [...pin].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
