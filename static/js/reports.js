// Keeps the figures of one event fresh while its page is in sight. Without this script the page shows them as of its loading.
const regions = [...document.querySelectorAll('[data-live]')];
const EVERY_MS = 5000;

// Whoever is about to press something must not have it taken away under the finger.
const isInUse = (region) => region.contains(document.activeElement);

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href);
    if (answer.status !== 200 || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelectorAll('[data-live]');
    regions.forEach((region, at) => {
      if (fresh[at] && !isInUse(region)) region.replaceChildren(...fresh[at].childNodes);
    });
  } catch {
    // The network is away: the figures stay, with the time at which they were counted.
  }
}

if (regions.length) setInterval(refresh, EVERY_MS);
