"""The town in which an autumn is played: an installation that is served, its office, phones, mails and time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Browser, Page

from outreach import clock
from outreach.accounts import service as accounts
from outreach.accounts.access import SESSION_KEY
from outreach.database import db
from tests.browser.live_server import serving
from tests.factories.accounts import make_staff
from tests.installation import Installation, installed, unmistakable_names

INVITED = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
MEETUPS = {
    "oslo": ("2026-11-26T18:00", "Sentralen", "Øvre Slottsgate 3, 0157 Oslo"),
    "bergen": ("2026-11-25T18:00", "Kvarteret", "Olav Kyrres gate 49, 5015 Bergen"),
    "trondheim": ("2026-11-24T18:00", "Samfundet", "Elgeseter gate 1, 7030 Trondheim"),
}
SERIES = "Treff i studiebyene 2026"


@dataclass(frozen=True)
class Town:
    """The installation, served at `origin`, and a browser for everybody in it."""

    made: Installation
    origin: str
    browser: Browser

    def here(self, url: str) -> str:
        """Return the address under which this server answers for one that was sent out or printed."""
        parts = urlsplit(url)
        path = parts.path.lower() if parts.path.isupper() else parts.path
        return f"{self.origin}{path}" + (f"#{parts.fragment}" if parts.fragment else "")

    @contextmanager
    def phone(self) -> Iterator[Page]:
        """Yield a guest's page on a narrow phone that runs no script."""
        with self.browser.new_context(
            base_url=self.origin, java_script_enabled=False, locale="nb", viewport={"width": 360, "height": 740}
        ) as context:
            yield context.new_page()

    @contextmanager
    def desk(self) -> Iterator[Page]:
        """Yield the page of an organiser who is signed in now."""
        session = _session_of_an_organiser(self.made)
        with self.browser.new_context(base_url=self.origin, locale="nb") as context:
            context.add_cookies([{"name": "session", "value": session, "url": self.origin}])
            yield context.new_page()

    def mails_to(self, address: str) -> list[str]:
        """Send what is due, and return the plain texts of all mails to `address`, in no order."""
        self.made.run("messages", "send-due")
        mails = [_mail(path) for path in sorted(self.made.instance.rglob("*.eml"))]
        return [text for to, text in mails if to == address]


@contextmanager
def a_town(browser: Browser, folder: Path) -> Iterator[Town]:
    """Serve a municipality that has a fresh extract and a meetup in each of three cities. All that is sent to many is
    released by another person, however few they are."""
    time_goes_on_from(INVITED)
    with installed(folder, RELEASE_ABOVE="0") as made:
        extract = folder / "extract.ndjson"
        made.run("demo", "extract", "--people", "100", "--seed", "7", "--as-of", "2026-11-02", "--out", str(extract))
        unmistakable_names(extract)
        made.run("register", "import", str(extract), "--as-of", "2026-11-02")
        for city, (starts, venue, address) in MEETUPS.items():
            made.run(
                "events", "create", slug_of(city), "--kind", "meetup", "--title", f"Treff i {city.title()}",
                "--starts", starts, "--venue", venue, "--venue-address", address, "--city", city,
                "--capacity", "40", "--publish",
            )  # fmt: skip
        with serving(made.app) as origin:
            yield Town(made, origin, browser)
    clock.set_clock(None)


def slug_of(city: str) -> str:
    """Return what the meetup in `city` is called in addresses."""
    return f"treff-{city}"


def time_goes_on_from(moment: datetime) -> None:
    """Let it be `moment` now, and go on: the order of scans is told by it."""
    ahead: timedelta = moment - datetime.now(UTC)
    clock.set_clock(lambda: datetime.now(UTC) + ahead)


def _session_of_an_organiser(made: Installation) -> str:
    with made.app.app_context():
        token = accounts.open_session(make_staff().id, clock.now_utc())
        db.session.commit()
        signer: URLSafeTimedSerializer = made.app.session_interface.get_signing_serializer(made.app)  # type: ignore[attr-defined]
        return str(signer.dumps({SESSION_KEY: token}))


def _mail(path: Path) -> tuple[str, str]:
    message = message_from_bytes(path.read_bytes(), policy=default)
    body = message.get_body(("plain",))  # type: ignore[attr-defined]
    return str(message["To"]), str(body.get_content()) if body else ""
