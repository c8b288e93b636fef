"""`flask audience count`."""

import json

from tests.factories.audience import make_family, make_import, make_person
from tests.factories.events import SLUG, make_event


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["audience", "count", *arguments])


def test_prints_the_contracts_object(app):
    extract = make_import()
    make_event()
    make_family(extract, 1985, 2016)
    make_person(extract, address=None)
    result = run(app, "moved-in", "--event", SLUG, "--since", "2025-11-01", "--until", "2026-10-31", "--json")
    assert result.exit_code == 0, result.output
    counted = json.loads(result.stdout)
    assert (counted["people"], counted["households"]) == (2, 1)
    assert counted["excluded"]["no_address"] == 1
    assert {"suppressed", "by_hand"} <= set(counted["excluded"])


def test_prints_words_for_people(app):
    extract = make_import()
    make_event()
    make_person(extract, address=None)
    result = run(app, "moved-in", "--event", SLUG)
    assert "0 personer i 0 husstander" in result.stdout
    assert "1 utelatt: Har ingen adresse vi kan sende brev til" in result.stdout


def test_a_domain_error_is_one_line_and_exit_code_1(app):
    make_event()
    result = run(app, "moved-in", "--event", SLUG, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Les inn et uttrekk først" in result.stderr
    make_import()
    for arguments in (["alle", "--event", SLUG], ["moved-in", "--event", "finnes-ikke"]):
        result = run(app, *arguments)
        assert result.exit_code == 1
        assert len(result.stderr.strip().splitlines()) == 1


def test_wrong_usage_is_exit_code_2(app):
    assert run(app, "moved-in").exit_code == 2
    assert run(app, "moved-in", "--event", SLUG, "--since", "i går").exit_code == 2
