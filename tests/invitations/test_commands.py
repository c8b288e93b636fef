"""`flask invitations create`."""

import json

from tests.factories.audience import make_family, make_import, make_person
from tests.factories.events import SLUG, make_event


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["invitations", "create", *arguments])


def test_prints_the_contracts_object_and_twice_makes_nothing(app):
    extract = make_import()
    make_event()
    make_family(extract, 1985, 2016)
    make_person(extract, address=None)
    first = run(app, SLUG, "--segment", "moved-in", "--json")
    assert first.exit_code == 0, first.output
    made = json.loads(first.stdout)
    assert (made["people"], made["households"], made["invitations"]) == (2, 1, 1)
    assert made["excluded"]["no_address"] == 1
    again = json.loads(run(app, SLUG, "--segment", "moved-in", "--json").stdout)
    assert (again["people"], again["invitations"]) == (2, 0)


def test_prints_words_for_people(app):
    make_person(make_import(), address=None)
    make_event()
    result = run(app, SLUG, "--segment", "moved-in")
    assert "0 nye invitasjoner" in result.stdout
    assert "Har ingen adresse" in result.stdout


def test_a_domain_error_is_one_line_and_exit_code_1(app):
    make_import()
    make_event(publish=False)
    for arguments in ([SLUG, "--segment", "moved-in"], ["finnes-ikke", "--segment", "moved-in"]):
        result = run(app, *arguments, "--json")
        assert (result.exit_code, result.stdout) == (1, "")
        assert len(result.stderr.strip().splitlines()) == 1


def test_wrong_usage_is_exit_code_2(app):
    assert run(app, SLUG).exit_code == 2
