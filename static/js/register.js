// Keeps the page of a file that is being read up to date: asks every other second, and goes on when it is done.
// Without this script the page asks anew by itself (noscript).

const PAUSE_MS = 2000;
const STAYS = "fremdrift";

async function ask() {
  const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const news = page.getElementById(STAYS);
  if (!answer.ok || answer.redirected || !news) {
    location.reload();
    return;
  }
  const shown = document.getElementById(STAYS);
  if (news.innerHTML !== shown.innerHTML) {
    shown.replaceChildren(...news.childNodes);
  }
  setTimeout(tryAgain, PAUSE_MS);
}

function tryAgain() {
  // A broken network is no reason to stop asking.
  ask().catch(() => setTimeout(tryAgain, PAUSE_MS));
}

setTimeout(tryAgain, PAUSE_MS);
