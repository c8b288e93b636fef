// The field for a door's link on a phone that is not paired: for who got the link as text, or has no camera that works.

import { secretIn } from "./pairing_link.js";

const find = (id) => document.getElementById(id);

/** Go on to pairing when `form` is sent with a link; otherwise say what a link looks like, and stay. */
export function takeLinks(form, view) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const secret = secretIn(find("door-link").value);
    view.put("link-error", "");
    find("door-link").setAttribute("aria-invalid", String(!secret));
    if (secret) location.hash = secret;
    else view.say("link-error", "link_wrong");
  });
}
