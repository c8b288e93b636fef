"""What must hold for the installation to be ready, as values: name, verdict, sentence."""

from dataclasses import dataclass
from datetime import datetime

# A message that waits longer than this means that no worker sends.
LONGEST_QUEUE_SECONDS = 15 * 60
# An upload that nobody has begun on for so long means that no worker reads.
LONGEST_UPLOAD_SECONDS = 5 * 60
# Work on letters that nobody has begun on for so long means that no worker makes them.
LONGEST_LETTERS_SECONDS = 5 * 60
LEAST_FREE_BYTES = 200_000_000


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    holds: bool
    words: str


def schema_check(*, found: str | None, wanted: str | None) -> Check:
    """Compare the database's migration with the newest one that this version knows."""
    if found == wanted:
        return Check("schema", True, f"Databasen har siste versjon ({wanted}).")
    if found is None or (wanted is not None and found < wanted):
        return Check("schema", False, f"Databasen har versjon {found}; kjør «flask db upgrade» til {wanted}.")
    return Check("schema", False, f"Databasen har versjon {found}, som er nyere enn programmet ({wanted}).")


def queue_check(*, oldest_due_at_utc: datetime | None, now: datetime) -> Check:
    """Say whether due messages are being sent."""
    waited = (now - oldest_due_at_utc).total_seconds() if oldest_due_at_utc else 0
    if waited <= LONGEST_QUEUE_SECONDS:
        return Check("queue", True, "Utboksen er à jour.")
    return Check(
        "queue",
        False,
        f"En melding har ventet i {int(waited // 60)} minutter. Kjører «flask messages send-due --loop»?",
    )


def register_check(*, oldest_unclaimed_at_utc: datetime | None, now: datetime) -> Check:
    """Say whether large uploads of the register are being read."""
    waited = (now - oldest_unclaimed_at_utc).total_seconds() if oldest_unclaimed_at_utc else 0
    if waited <= LONGEST_UPLOAD_SECONDS:
        return Check("register", True, "Ingen uttrekk venter på å bli lest.")
    words = f"Et uttrekk har ventet i {int(waited // 60)} minutter. Kjører «flask register work --loop»?"
    return Check("register", False, words)


def letters_check(*, oldest_unclaimed_at_utc: datetime | None, now: datetime) -> Check:
    """Say whether the letters that somebody asked for are being made."""
    waited = (now - oldest_unclaimed_at_utc).total_seconds() if oldest_unclaimed_at_utc else 0
    if waited <= LONGEST_LETTERS_SECONDS:
        return Check("letters", True, "Ingen brev venter på å bli laget.")
    words = f"Brev har ventet i {int(waited // 60)} minutter på å bli laget. Kjører «flask letters work --loop»?"
    return Check("letters", False, words)


def disk_check(free_bytes: int) -> Check:
    """Say whether the instance folder's disk has room."""
    return Check("disk", free_bytes >= LEAST_FREE_BYTES, f"{free_bytes // 1_000_000} MB ledig på disken.")


def key_check(name: str, *, mode: int | None, age_days: int = 0) -> Check:
    """Say whether the key file `name` is its owner's alone, and how old its newest key is.

    `mode` None: the key is in the environment, and its age is not known here.
    """
    if mode is None:
        return Check(name, True, f"{name} kommer fra miljøet.")
    words = f"{name} ligger i en fil med rettigheter {mode & 0o777:o} og er {age_days} dager gammel."
    return Check(name, mode & 0o077 == 0, words)


def rotation_check(stale_count: int) -> Check:
    """Say whether everything stands under the newest register key."""
    if not stale_count:
        return Check("rotation", True, "Alt ligger under den nyeste registernøkkelen.")
    return Check("rotation", False, f"{stale_count} verdier venter på ny nøkkel. Kjør «flask people rotate-key».")
