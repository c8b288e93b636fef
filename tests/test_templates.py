"""Templates compile, speak through the catalogues, and their components make the markup that screen readers need."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template, render_template_string
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, FieldList, FormField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tests.strict_html import MalformedPageError, StrictClient, faults_of

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
ERRORS = (400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503)
_PAGE = '<!doctype html><html lang="nb"><title>t</title><body><main><h1>Side</h1>%s</main></body></html>'


_YES_NO = [SelectChoice("ja", "Ja"), SelectChoice("nei", "Nei")]


class GuestForm(FlaskForm):
    class Meta:
        csrf = False

    name = StringField("Navn", validators=[InputRequired("Skriv navnet.")])


class AnswerForm(FlaskForm):
    class Meta:
        csrf = False

    title = StringField("Tittel", description="Slik gjestene ser den.", validators=[InputRequired("Skriv en tittel.")])
    email = EmailField("E-post")
    seats = IntegerField("Plasser")
    coming = RadioField("Kommer du?", choices=_YES_NO, validators=[InputRequired("Velg ja eller nei.")])
    again = BooleanField("Skriv til meg igjen")
    guests = FieldList(FormField(GuestForm), min_entries=1)


@pytest.fixture
def request_of(app: Flask) -> Iterator[Flask]:
    with app.test_request_context("/"):
        yield app


def _sources(suffix: str = ".html") -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob(f"*{suffix}") if "outgoing" not in path.parts)


def _rendered(source: str, **values: object) -> str:
    return _PAGE % render_template_string(
        '{% import "components/form.html" as f %}{% import "components/page.html" as p %}' + source, **values
    )


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_template_compiles(app: Flask, path: Path) -> None:
    app.jinja_env.get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_words_stand_outside_the_catalogues(path: Path) -> None:
    source = re.sub(
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<style>.*?</style>|<[^>]*>", " ",
        path.read_text(encoding="utf-8"), flags=re.DOTALL,
    )  # fmt: skip
    source = re.sub(r"&\w+;", " ", source)
    own_names = {"Treffpunkt", "axe", "datatilsynet", "uutilsynet", "no"}
    words = [word for word in re.findall(r"[A-Za-zÆØÅæøå]{2,}", source) if word not in own_names]
    assert words == []


def test_every_class_has_a_rule_in_a_style_sheet() -> None:
    static = TEMPLATES.parent / "static"
    rules = "".join(path.read_text(encoding="utf-8") for path in static.rglob("*.css"))
    # An e-mail has its sheet inside, since mail readers fetch none.
    rules += "".join(
        re.findall(r"<style>.*?</style>", (TEMPLATES / "layouts/email.html").read_text("utf-8"), re.DOTALL)
    )
    known = set(re.findall(r"\.([A-Za-z_][\w-]*)", rules))
    used = {
        (path.name, name)
        for path in _sources()
        for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.sub(r"\{%.*?%\}|\S*\{\{.*?\}\}", " ", value).split()
    }
    assert sorted(pair for pair in used if pair[1] not in known) == []


@pytest.mark.parametrize("status", ERRORS)
def test_error_page_is_sound_and_says_what_to_do(request_of: Flask, status: int) -> None:
    page = render_template(f"errors/{status}.html", message="")
    assert faults_of(page.encode()) == []
    assert 'class="lead"' in page
    assert 'class="actions"' in page


@pytest.mark.parametrize("status", ERRORS)
def test_error_page_shows_the_message_that_it_is_given(request_of: Flask, status: int) -> None:
    assert "Koden er brukt." in render_template(f"errors/{status}.html", message="Koden er brukt.")


def test_summary_comes_with_links_to_every_faulty_field_also_in_lists(request_of: Flask) -> None:
    form = AnswerForm(data={"guests": [{"name": ""}]})
    form.validate()
    page = _rendered(
        "{{ f.error_summary(form) }}{{ f.field(form.title) }}{{ f.choice(form.coming) }}"
        "{% for guest in form.guests %}{{ f.field(guest.form.name) }}{% endfor %}",
        form=form,
    )
    assert faults_of(page.encode()) == []
    assert re.findall(r'href="#([^"]+)"', page) == ["title", "coming-0", "guests-0-name"]
    assert 'tabindex="-1" autofocus' in page


def test_field_says_the_fault_in_the_same_words_as_the_summary(request_of: Flask) -> None:
    form = AnswerForm()
    form.validate()
    page = _rendered(
        "{{ f.error_summary(form) }}{{ f.field(form.title) }}{{ f.choice(form.coming) }}"
        "{% for guest in form.guests %}{{ f.field(guest.form.name) }}{% endfor %}",
        form=form,
    )
    assert page.count("Skriv en tittel.") == 2
    assert 'aria-describedby="title-hint title-error"' in page
    assert 'aria-invalid="true"' in page


def test_a_form_of_values_and_a_form_object_make_the_same_markup(request_of: Flask) -> None:
    form = AnswerForm()
    form.validate()
    of_object = _rendered(
        "{{ f.field(form.title, size='short', optional=true) }}{{ f.choice(form.coming) }}", form=form
    )
    of_values = _rendered(
        "{{ f.text_input('title', 'Tittel', '', hint='Slik gjestene ser den.', error='Skriv en tittel.', size='short',"
        " optional=true) }}"
        "{% call(marks) f.group('coming', 'Kommer du?', error='Velg ja eller nei.') %}"
        "{% for value, label in (('ja', 'Ja'), ('nei', 'Nei')) %}{% set id = 'coming-%s' % loop.index0 %}"
        "{{ f.option(f.toggle('radio', id, 'coming', value, false, marks), id, label) }}{% endfor %}{% endcall %}"
    )
    assert faults_of(of_values.encode()) == []
    assert _tags(of_values) == _tags(of_object)


def _tags(page: str) -> list[tuple[str, list[str]]]:
    """Return each start tag with its attributes in order; `required`, which only a form object knows, left out."""
    found = re.findall(r"<(\w+)((?:\s[^>]*)?)>", page)
    return [(name, sorted(set(re.findall(r'[\w-]+="[^"]*"', rest)) - {'required=""'})) for name, rest in found]


def test_sound_form_has_no_summary(request_of: Flask) -> None:
    assert "ds-error-summary" not in _rendered("{{ f.error_summary(form) }}", form=AnswerForm())


def test_fields_bring_the_right_keyboard_and_memory(request_of: Flask) -> None:
    page = _rendered(
        "{{ f.field(form.email) }}{{ f.field(form.seats) }}"
        "{{ f.field(form.title, size='code') }}{{ f.field(form.again) }}",
        form=AnswerForm(),
    )
    assert faults_of(page.encode()) == []
    assert 'autocomplete="email"' in page
    assert 'inputmode="numeric"' in page
    assert 'autocapitalize="characters"' in page


def test_page_components_are_sound(request_of: Flask) -> None:
    page = _rendered(
        "{{ p.lead('a') }}{{ p.back_link('/') }}{{ p.link_button('/', 'b') }}{{ p.status('Sendt', 'success') }}"
        "{{ p.summary_list([('Når', 'i dag'), ('Hvor', '')]) }}{{ p.figures([('Kommer', 4)]) }}{{ p.code_box('AB') }}"
        "{{ p.table('Svar', ['Hva', 'Antall'], [('Ja', 3)], numeric=(1,)) }}"
        "{{ p.svg_bars('Svar', [('Ja', 3), ('Nei', 0)], 'Antall') }}"
        "{{ p.pagination(2, 3, url_of) }}{% call p.alert('warning', title='Obs') %}<p>x</p>{% endcall %}"
        "{% call p.empty_state('Tomt') %}<p>y</p>{% endcall %}{{ p.date_leaf('26', 'nov.') }}",
        url_of=lambda number: f"?side={number}",
    )
    assert faults_of(page.encode()) == []
    assert "Hvor" not in page
    assert 'href="?side=1"' in page


def test_bars_of_nothing_do_not_divide_by_zero(request_of: Flask) -> None:
    assert 'rect width="0.0"' in _rendered("{{ p.svg_bars('Svar', [('Ja', 0)], 'Antall') }}")


def test_faults_mark_the_title(request_of: Flask) -> None:
    form = AnswerForm()
    form.validate()
    source = '{% extends "layouts/public.html" %}{% block title %}Svar{% endblock %}'
    source += "{% block content %}<h1>x</h1>{% endblock %}"
    assert "<title>Feil: Svar" in render_template_string(source, form=form)
    assert "<title>Svar" in render_template_string(source, form=AnswerForm())


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("<p>a<p><b>c</p></b>", "not parsed"),
        ('<p id="a"></p><p id="a"></p>', "id a stands 2 times"),
        ("<h1>To</h1>", "2 h1"),
        ('<p style="color:red">x</p>', "inline style"),
        ("<script>x()</script>", "inline script"),
        ('<label for="nowhere">x</label>', "points nowhere"),
        ('<img src="/x.png">', "alt is missing"),
        ('<p onclick="x()">x</p>', "inline handler"),
    ],
)
def test_strict_reading_finds_a_planted_fault(fault: str, words: str) -> None:
    assert any(words in found for found in faults_of((_PAGE % fault).encode()))


def test_page_without_language_is_found() -> None:
    assert "html has no lang" in faults_of((_PAGE % "").replace(' lang="nb"', "").encode())


def test_the_test_browser_refuses_a_malformed_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        return "<!doctype html><p>no title</div>"

    broken.guard = "public"  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "site.privacy", broken)
    with pytest.raises(MalformedPageError):
        StrictClient(app).get("/personvern")
