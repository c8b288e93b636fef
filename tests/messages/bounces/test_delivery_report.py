"""Reports as servers write them, and what they say; what is malformed says nothing and breaks nothing."""

import tracemalloc
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.messages.bounces.delivery_report import DeliveryReport, Fate, read
from outreach.messages.bounces.report_parts import parts_of
from tests.factories.reports import SHAPES, report

ROW = 4_711_000_000_000_000_042


def _read(raw: bytes) -> DeliveryReport | None:
    return read(parts_of(raw.splitlines(keepends=True)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("newline", [b"\r\n", b"\n"])
def test_reads_the_reports_of_each_kind_of_server(shape: str, newline: bytes) -> None:
    raw = report(shape, ROW).replace(b"\r\n", newline)
    assert _read(raw) == DeliveryReport(row_ids=(ROW,), fate=Fate.BOUNCED, status="5.1.1")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("action", "fate"),
    [
        ("failed", Fate.BOUNCED),
        ("Failed (permanently)", Fate.BOUNCED),
        ("delivered", Fate.DELIVERED),
        ("delayed", Fate.ON_ITS_WAY),
        ("relayed", Fate.ON_ITS_WAY),
        ("expanded", Fate.ON_ITS_WAY),
    ],
)
def test_tells_the_actions_apart(shape: str, action: str, fate: Fate) -> None:
    found = _read(report(shape, ROW, action=action))
    assert found is not None
    assert found.fate is fate


@pytest.mark.parametrize(
    ("status", "diagnostic", "is_permanent", "is_dead"),
    [
        ("5.1.1", "550 5.1.1 no such user", True, True),
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", True, True),
        ("5.2.1", "550 5.2.1 disabled", True, True),
        ("5.4.4", "550 no such host", True, True),
        ("5.0.0", "550 no", True, True),
        ("5.2.3", "552 5.2.3 too big", True, False),
        ("5.3.4", "552 5.3.4 too big", True, False),
        ("5.6.1", "554 5.6.1 media", True, False),
        ("5.7.1", "550 5.7.1 SPF", True, False),
        ("5.7.26", "550 5.7.26 DMARC", True, False),
        ("4.4.7", "expired", False, False),
        ("4.2.2", "452 4.2.2 full", False, False),
        ("", "550 5.1.1 no such user", True, True),
        ("nonsense", "550 no such user", True, True),
        ("", "x-unknown", False, False),
    ],
)
def test_only_what_is_the_addresses_own_fault_makes_it_dead(
    status: str, diagnostic: str, is_permanent: bool, is_dead: bool
) -> None:
    found = _read(report("postfix", ROW, status=status, diagnostic=diagnostic))
    assert found is not None
    assert (found.is_permanent, found.is_address_dead) == (is_permanent, is_dead)


def test_without_returned_headers_it_goes_by_what_the_report_answers() -> None:
    raw = report("gmail", ROW).split(b"--000000000000a1b2c3\r\nContent-Type: message/rfc822")[0]
    found = _read(raw)
    assert found is not None
    assert found.row_ids == (ROW,)


@pytest.mark.parametrize(
    "message_id", ["<abc@modum.example>", "<0@x.example>", f"<{2**64}@x.example>", "", "<>", "<7>"]
)
def test_a_message_id_that_cannot_be_ours_names_no_row(message_id: str) -> None:
    found = _read(report("postfix", ROW, message_id=message_id))
    assert found is not None
    assert found.row_ids == ()


def test_an_encoded_machine_part_is_decoded() -> None:
    raw = report("postfix", ROW)
    head, _, rest = raw.partition(b"Content-Type: message/delivery-status\r\n\r\n")
    status, _, tail = rest.partition(b"\r\n--4F1A32")
    coded = status.replace(b"=", b"=3D").replace(b"Action", b"=41ction")
    kind = b"Content-Type: message/global-delivery-status\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    assert _read(head + kind + coded + b"\r\n--4F1A32" + tail) == _read(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"Subject: Fravaer\r\nIn-Reply-To: <4711@modum.example>\r\n\r\nJeg er tilbake mandag.\r\n",
        b"Content-Type: multipart/report\r\n\r\nno boundary\r\n",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n--x--",
        b"Content-Type: message/rfc822\r\n\r\nMessage-ID: <1@modum.example>\r\n\r\nforwarded",
    ],
)
def test_what_is_no_report_is_none(raw: bytes) -> None:
    assert _read(raw) is None


@pytest.mark.parametrize("shape", SHAPES)
def test_a_report_cut_anywhere_breaks_nothing_and_never_lies(shape: str) -> None:
    raw = report(shape, ROW)
    for end in range(0, len(raw), 7):
        found = _read(raw[:end])
        assert found is None or set(found.row_ids) <= {ROW, *(int(str(ROW)[:length]) for length in range(1, 19))}


@given(st.binary(max_size=400), st.sampled_from(sorted(SHAPES)), st.integers(0, 2500))
def test_bytes_of_any_kind_break_nothing(noise: bytes, shape: str, at: int) -> None:
    raw = report(shape, ROW)
    _read(raw[:at] + noise + raw[at:])
    _read(noise)


class _Counted(BytesIO):
    taken = 0

    def pieces(self) -> Iterator[bytes]:
        while piece := self.readline(65_536):
            self.taken += len(piece)
            yield piece


@pytest.mark.parametrize("line", [b"QUFB" * 19 + b"\r\n", b"A" * 200_000])
def test_ten_megabytes_are_read_in_little_memory(line: bytes) -> None:
    filling = (line * (10_000_000 // len(line))).decode()
    raw = report("gmail", ROW, filling=filling)
    assert len(raw) > 9_900_000
    stream = _Counted(raw)
    tracemalloc.start()
    try:
        found = read(parts_of(stream.pieces()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found is not None
    assert found.row_ids == (ROW,)
    assert peak < 1_000_000


def test_what_comes_after_the_returned_header_is_not_even_read() -> None:
    stream = _Counted(report("exchange", ROW, filling="x" * 60 + "\n" * 100_000))
    assert read(parts_of(stream.pieces())) is not None
    assert stream.taken < 3_000


def test_a_machine_part_without_end_is_cut() -> None:
    endless = report("postfix", ROW).replace(b"X-Postfix-Queue-ID: 4F1A32", b"X-Filling: " + b"x" * 500_000)
    assert _read(endless) is None
