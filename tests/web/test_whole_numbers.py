"""A number that nothing can have is no page and no field's value, and never a fault of ours."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import NumberRange

from outreach.formats.whole_numbers import MOST_ID
from outreach.web.whole_numbers import WholeField
from tests.factories.accounts import sign_in

HUGE = ("9" * 25, str(MOST_ID + 1), "9" * 5_000)


@pytest.mark.parametrize("number", HUGE)
def test_a_path_with_a_number_that_no_row_has_is_no_page(client: FlaskClient, number: str) -> None:
    for path in (f"/partnerlogo/{number}-a.png", f"/admin/partnere/{number}", f"/admin/innsyn/{number}"):
        assert client.get(path).status_code == 404
    assert client.get(f"/partnerlogo/{MOST_ID}-a.png").status_code == 404, "the largest is looked for"


@pytest.mark.parametrize("number", [*HUGE, "-1", "x", ""])
@pytest.mark.parametrize(
    "path", ["/admin/maal?aar=", "/admin/sporsmal?page=", "/admin/logg?side=", "/admin/husstander?page="]
)
def test_a_page_number_that_is_none_shows_the_first(client: FlaskClient, app: Flask, path: str, number: str) -> None:
    sign_in(client, role="admin")
    assert client.get(path + number).status_code == 200


@pytest.mark.parametrize("typed", ["9" * 400, "9" * 5_000, "1000000", "to"])
def test_a_field_takes_no_number_longer_than_six_digits(app: Flask, typed: str) -> None:
    class Tables(Form):
        number = WholeField(validators=[NumberRange(max=10)])

    assert Tables(MultiDict({"number": "7"})).validate()
    assert not Tables(MultiDict({"number": typed})).validate()
