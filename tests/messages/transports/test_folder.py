import stat
from pathlib import Path

from outreach.messages.delivery import Outcome
from outreach.messages.transports.folder import FolderTransport


def _send(transport: FolderTransport, content: bytes = b"one") -> Outcome:
    assert transport.ready()
    return transport.send(7, content, sender="", recipient="").outcome


def test_a_second_try_finds_the_first_and_changes_nothing(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path / "outbox", suffix=".eml")
    assert transport.can_be_asked
    assert not transport.has(7)
    assert _send(transport) is Outcome.HANDED_OVER
    assert _send(transport, b"two") is Outcome.HANDED_OVER
    assert transport.has(7)
    [file] = (tmp_path / "outbox").iterdir()
    assert (file.name, file.read_bytes()) == ("7.eml", b"one")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_place_that_cannot_be_a_folder_is_down(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    transport = FolderTransport(tmp_path / "file" / "outbox", suffix=".eml")
    assert not transport.ready()
    assert transport.send(7, b"x", sender="", recipient="").outcome is Outcome.DOWN


def test_a_message_without_a_header_names_its_recipient(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path, suffix=".sms.txt", names_recipient=True)
    transport.send(7, "Hei på deg".encode(), sender="Modum", recipient="+4791234567")
    assert (tmp_path / "7.sms.txt").read_text("utf-8") == "+4791234567\n\nHei på deg\n"
