"""Reads a page as a person's browser would: its forms with what stands in them, its links; and sends a form back."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Form:
    """One form: where it goes and what it would send; `buttons` are (name, value) of its submit buttons."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


def forms_of(answer: TestResponse) -> list[Form]:
    """Return the forms of the page, in order."""
    root = html5lib.parse(answer.get_data(as_text=True), treebuilder="etree", namespaceHTMLElements=False)
    return [_form(element, answer.request.path) for element in root.iter("form")]


def mark_of(client: FlaskClient) -> str:
    """Return what guests' forms carry today, alike for all."""
    return next(form.values["csrf_token"] for form in forms_of(client.get("/svar")) if "csrf_token" in form.values)


def send(client: FlaskClient, form: Form, *, button: str = "", **values: str) -> TestResponse:
    """Send `form` with `values` over what stands in it, pressing `button` (its value); stay on the answer."""
    pressed = {name: value for name, value in form.buttons if name and value == button}
    return client.post(form.action, data={**form.values, **values, **pressed})


def through_questions(client: FlaskClient, page: TestResponse, **values: str) -> TestResponse:
    """Go from a household's question `page` to the next until there is none, filling in what each asks of `values`.

    Return the page that reads the answer back, or the one that refused what was filled in.
    """
    while True:
        form = next((form for form in forms_of(page) if "page" in form.values), None)
        if form is None:
            return page
        asked = {name: value for name, value in values.items() if name in form.values or name in form.choices}
        page = send(client, form, button="next", **asked)
        if page.status_code != 200:
            return page


def links_of(answer: TestResponse) -> list[str]:
    """Return every address that the page links to, in order."""
    root = html5lib.parse(answer.get_data(as_text=True), treebuilder="etree", namespaceHTMLElements=False)
    return [element.get("href", "") for element in root.iter("a")]


def _form(element: Element, path: str) -> Form:
    form = Form(action=element.get("action") or path)
    for tag in element.iter():
        name, kind = tag.get("name", ""), tag.get("type", "")
        if tag.tag == "button":
            form.buttons.append((name, tag.get("value", "")))
        elif tag.tag == "textarea" and name:
            form.values[name] = (tag.text or "").removeprefix("\n")
        elif tag.tag == "select" and name:
            _read_select(form, name, tag)
        elif tag.tag == "input" and name:
            _read_input(form, name, kind, tag)
    return form


def _read_input(form: Form, name: str, kind: str, tag: Element) -> None:
    if kind in ("radio", "checkbox"):
        form.choices.setdefault(name, []).append(tag.get("value", "on"))
        if tag.get("checked") is None:
            return
    form.values[name] = tag.get("value", "")


def _read_select(form: Form, name: str, tag: Element) -> None:
    options = list(tag.iter("option"))
    form.choices[name] = [option.get("value", option.text or "") for option in options]
    selected = [option.get("value", option.text or "") for option in options if option.get("selected") is not None]
    form.values[name] = (selected or form.choices[name])[0]
