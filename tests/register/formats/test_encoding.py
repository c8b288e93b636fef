import io

import pytest

from outreach.register.formats.encoding import detect
from outreach.register.problems import EmptyFileError, UnreadableTextError

TEXT = "Åse Bråthen;Øvre Ærø 3;Čáhppe"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        ("Åse Bråthen".encode("cp1252"), "windows-1252"),
        ("Åse Bråthen".encode("iso-8859-1"), "windows-1252"),
        (b"Kari Nordmann", "utf-8"),
        (TEXT.encode() * 20 + b"\xc3", "utf-8"),
        ("Bråthen".encode("cp1252") * 20, "windows-1252"),
    ],
)
def test_finds_the_encoding_and_leaves_the_stream_at_its_start(content: bytes, name: str) -> None:
    stream = io.BytesIO(content)
    assert detect(stream).name == name
    assert stream.read() == content


def test_a_letter_across_two_pieces_is_whole() -> None:
    stream = io.BytesIO(b"x" * ((1 << 20) - 1) + "å".encode())
    assert detect(stream).name == "utf-8"


def test_refuses_what_is_no_text() -> None:
    with pytest.raises(EmptyFileError):
        detect(io.BytesIO(b""))
    with pytest.raises(UnreadableTextError):
        detect(io.BytesIO(b"abc\x00\x00"))
