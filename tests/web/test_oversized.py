"""What is too large is answered in words that reach the sender, by the real server; the control breaks off."""

import http.client
from contextlib import closing

import pytest

from benchmarks.site import Site, site

LIMIT = 5_000_000


def answer_to(origin: str, size_bytes: int) -> tuple[int, str]:
    """Post a body as browsers do: all of it first, then listen."""
    start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=30)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    with closing(connection):
        connection.request("POST", "/admin/register/ny", start + b"a" * size_bytes + b"\r\n--x--\r\n", headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_the_words_reach_whoever_sends_too_much() -> None:
    with site("sqlite", MAX_UPLOAD_BYTES=str(LIMIT)) as place:
        with place.served(workers=1) as origin:
            status, page = answer_to(origin, LIMIT * 3)
            assert status == 413
            assert "større enn det vi kan ta imot her: 5 MB" in page
            with pytest.raises(OSError, match=r"Broken pipe|reset"):
                answer_to(origin, LIMIT * 8)
        _control(place)


def _control(place: Site) -> None:
    with (
        place.served("tests.web.deaf_app:app", workers=1) as origin,
        pytest.raises(OSError, match=r"Broken pipe|reset"),
    ):
        answer_to(origin, LIMIT * 3)
