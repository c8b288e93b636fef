// The field for a code that is typed instead of scanned.

/** Call `onCode(text)` when `form` is sent with something in `field`, and empty the field. */
export function takeTyped(form, field, { view, onCode }) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = field.value;
    field.value = "";
    view.put("notice", "");
    if (typed.trim()) onCode(typed);
  });
}
