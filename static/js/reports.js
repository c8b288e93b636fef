// Keeps the figures of one event fresh while its page is in sight. Without this script the page shows them as of its loading.
const region = document.querySelector('[data-live]');
const EVERY_MS = 5000;
let etag = '';

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(region.dataset.live, { headers: etag ? { 'If-None-Match': etag } : {} });
    if (answer.status !== 200 || answer.redirected) return;
    etag = answer.headers.get('ETag') ?? '';
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    region.replaceChildren(...fresh.body.childNodes);
  } catch {
    // The network is away: the figures on the page stay, with the time at which they were counted.
  }
}

if (region) setInterval(refresh, EVERY_MS);
