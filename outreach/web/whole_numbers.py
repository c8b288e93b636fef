"""Whole numbers in paths, addresses and forms, as far as `formats/whole_numbers.py` lets them go."""

from typing import Any

from flask import request
from werkzeug.routing import IntegerConverter
from wtforms import IntegerField

from outreach.formats.whole_numbers import MOST_ID, SMALL_DIGITS, small_number


class IdConverter(IntegerConverter):
    """`<int:…>` in a path: what cannot be an id is no page."""

    def __init__(self, url_map: Any, **limits: Any) -> None:
        super().__init__(url_map, **{"max": MOST_ID, **limits})


class WholeField(IntegerField):
    """A whole number of at most six digits; anything longer is none, with the words for that."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises ValueError."""
        is_long = any(len(text.strip().lstrip("+-")) > SMALL_DIGITS for text in valuelist)
        super().process_formdata(["?"] if is_long else valuelist)


def page_asked_for(name: str = "page") -> int:
    """Return the page of a list that the address asks for by `name`; the first for what is no page."""
    return max(1, request.args.get(name, 1, type=small_number))
