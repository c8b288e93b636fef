import json

from flask import Flask

from tests.factories.events import SLUG
from tests.factories.invitations import make_invited


def test_the_funnel_as_json_names_every_figure(app: Flask) -> None:
    make_invited(1985)
    result = app.test_cli_runner().invoke(args=["reports", "funnel", SLUG, "--json"])
    figures = json.loads(result.stdout)
    wanted = "invited delivered returned answered attending declined waitlisted attended no_show"
    assert set(wanted.split()) <= set(figures)
    assert figures["invited"] == 1


def test_the_funnel_in_words_has_a_line_a_figure(app: Flask) -> None:
    make_invited(1985)
    result = app.test_cli_runner().invoke(args=["reports", "funnel", SLUG])
    assert "Invitert" in result.stdout


def test_an_unknown_event_is_one_line_and_exit_code_one(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["reports", "funnel", "ingenting"])
    assert (result.exit_code, result.stderr.strip()) == (1, "Vi finner ikke arrangementet.")
