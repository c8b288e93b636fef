// Keeps the figures of one event fresh while its page is in sight. Without this script the page shows them as of its loading.
const region = document.querySelector('[data-live]');
const EVERY_MS = 5000;

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href);
    if (answer.status !== 200 || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('[data-live]');
    if (fresh) region.replaceChildren(...fresh.childNodes);
  } catch {
    // The network is away: the figures stay, with the time at which they were counted.
  }
}

if (region) setInterval(refresh, EVERY_MS);
