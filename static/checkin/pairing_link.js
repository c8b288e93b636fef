// Finds the secret in what somebody pastes or types: the whole link to a door, or only what stands after its #. Pure.

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** Return the secret of a door's link, or "" when `text` holds none. Line breaks from a message are no part of it. */
export function secretIn(text) {
  const whole = text.replace(/\s+/g, "");
  const secret = whole.slice(whole.lastIndexOf("#") + 1);
  return SECRET.test(secret) ? secret : "";
}
