"""A suppression goes when the person takes it back, and nobody else's with it."""

from flask import Flask

from outreach.messages.erasure import erase_suppressions
from outreach.messages.queries import suppressed_hashes
from outreach.messages.service import suppress
from tests.conftest import NOW


def test_a_suppression_that_is_taken_back_is_forgotten(app: Flask) -> None:
    for subject in ("1:one", "1:other"):
        suppress(subject, source="guest", now=NOW)
    assert erase_suppressions(["1:one"]) == {"suppression": 1}
    assert suppressed_hashes(["1:one", "1:other"]) == {"1:other"}
