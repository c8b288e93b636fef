// Talks to the door API (promises.md 8) with the phone's token. A refusal is an error with `status` and words.

const TIMEOUT_MS = 8000;
const ROOT = "/api/door/v1/";

export class RefusedError extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

/** Pair this phone; resolves to the answer of POST pair. */
export function pair(pairing_secret, device_name) {
  return post("pair", { pairing_secret, device_name, clock_utc: new Date().toISOString() }, {});
}

export class Api {
  constructor(token) {
    this.headers = { Authorization: `Bearer ${token}` };
  }

  post(path, body) {
    return post(path, body, this.headers);
  }

  /** Resolve to {json, etag}; json is null when nothing has changed since `etag`. */
  async get(path, etag = "") {
    const headers = etag ? { ...this.headers, "If-None-Match": etag } : this.headers;
    const answer = await ask(path, { headers, cache: "no-store" });
    if (answer.status === 304) return { json: null, etag };
    return { json: await answer.json(), etag: answer.headers.get("ETag") ?? "" };
  }
}

async function post(path, body, headers) {
  const answer = await ask(path, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

async function ask(path, options) {
  const answer = await fetch(ROOT + path, { ...options, credentials: "omit", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (answer.ok || answer.status === 304) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new RefusedError(answer.status, told.error ?? "");
}
