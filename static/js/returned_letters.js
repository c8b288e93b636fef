// Letters that came back, many in a row: each code is sent without leaving the page, so the camera stays on and the field
// keeps the focus. Without this script the page does the same by loading anew.

import { Scanner } from "../checkin/scanner.js";
import { keepAwake, signal, wake } from "../checkin/signals.js";

const ANSWER = "retur";
const form = document.getElementById("retur-skjema");
const field = form.elements.code;
const waiting = [];
let isSending = false;

/** Send one form and show the answer's news in place of ours. */
async function send(action, data) {
  const answer = await fetch(action, { method: "POST", body: data, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const news = page.getElementById(ANSWER);
  if (!news) {
    location.reload(); // signed out, or the form is too old
    return;
  }
  const told = page.querySelector("main > .ds-alert[role=status]");
  const shown = document.getElementById(ANSWER);
  shown.replaceChildren(...news.childNodes);
  if (told) shown.firstElementChild.append(told.firstElementChild);
  shown.dataset.light = news.dataset.light;
  signal(news.dataset.light);
  return news.dataset.light === "green";
}

async function sendWaiting() {
  if (isSending) return;
  isSending = true;
  while (waiting.length) {
    const code = waiting.shift();
    const data = new FormData(form);
    data.set("code", code);
    const isDone = await send(form.action, data).catch(() => false);
    // What was wrong stands in the field again, chosen, so that the next scan writes over it.
    if (!isDone && !field.value && !waiting.length) {
      field.value = code;
      field.select();
    }
  }
  isSending = false;
}

function take(code) {
  waiting.push(code);
  sendWaiting();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  wake();
  take(field.value);
  field.value = "";
  field.focus();
});

document.getElementById(ANSWER).addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target.action, new FormData(event.target)).catch(() => location.reload());
  field.focus();
});

const opener = document.getElementById("kamera");
const frame = document.getElementById("kamera-felt");

opener.addEventListener("click", async () => {
  wake();
  const words = document.getElementById("kamera-ord");
  const scanner = new Scanner(frame.querySelector("video"), take);
  frame.hidden = false;
  const found = await scanner.open();
  words.textContent = frame.dataset[found] ?? "";
  if (found !== "good") return;
  opener.hidden = true;
  scanner.start();
  keepAwake();
});
opener.hidden = false;
field.focus();
field.select();
