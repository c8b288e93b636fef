"""Use cases of signing up: fill in, confirm, change, withdraw, stay, be asked again. Never commits.

Whether an address is here already decides nothing that a stranger can see: the form answers alike, and who confirms
has shown that the address is theirs.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete

from outreach.audit.actor import GUEST, SYSTEM
from outreach.audit.service import record
from outreach.contact_point import queries
from outreach.contact_point.filling.service import SUBJECT, fill, withdraw
from outreach.contact_point.keeping import MOST_MESSAGES_A_DAY, Deadlines
from outreach.contact_point.models import SignUp, SignUpRequest
from outreach.contact_point.own_link import OWN_PAGE
from outreach.contact_point.sign_up import NEWS_TOPIC, Details, Purpose
from outreach.database import db, new_id
from outreach.database.conflicts import insert_if_free
from outreach.formats.secret_token import new_token, token_hash
from outreach.formats.short_code import new_selector
from outreach.messages.erasure import erase_messages
from outreach.messages.service import address_hash, address_hashes
from outreach.messages.suppression import ALL
from outreach.outbox import service as outbox
from outreach.outbox.message import NewMessage
from outreach.outbox.states import Channel, Reason

CONFIRM_KIND, WELCOME_KIND, STILL_KIND = "contact_confirm", "contact_welcome", "contact_still"
HOME_KIND = "contact_home"
# A selector may be taken, or the same address be confirmed twice at once.
_ATTEMPTS = 3


def recipient(sign_up_id: int) -> str:
    """Return the outbox recipient of somebody who has confirmed."""
    return f"sign_up:{sign_up_id}"


def request_recipient(request_id: int) -> str:
    """Return the outbox recipient of somebody who has yet to confirm."""
    return f"sign_up_request:{request_id}"


def ask_to_confirm(details: Details, *, now: datetime, sign_up_id: int | None = None) -> str:
    """Keep `details` until somebody confirms, and send them the way to; `sign_up_id`: whose address it would change.

    Returns the token of the page on which the code of a text message is typed; "" where an e-mail brings the link.
    """
    token = new_token() if details.channel is Channel.SMS else ""
    told = queries.count_requests(details.contact, since=now - timedelta(days=1))
    row = SignUpRequest(
        sign_up_id=sign_up_id,
        contact_hash=address_hash(details.contact),
        channel=details.channel.value,
        language=details.language,
        token_hash=token_hash(token) if token else None,
        made_at_utc=now,
    )
    row.details = details.to_json()
    db.session.add(row)
    db.session.flush()
    if told < MOST_MESSAGES_A_DAY:
        purpose = f"contact-confirm:{row.id}"
        references: dict[str, int | str] = {"request_id": row.id}
        _queue(CONFIRM_KIND, purpose, request_recipient(row.id), details.channel, details.language, references, now)
    record("contact.request", subject_kind=SUBJECT, subject_id=sign_up_id, actor=GUEST, now=now)
    return token


def confirm(request: SignUpRequest, *, now: datetime) -> SignUp:
    """Let what waited count, and return whose it is. Who was here already has what they filled in last."""
    details = Details.from_json(request.details or "")
    row = _readdressed(request, details) if request.sign_up_id else _signed_up(details, now)
    row.renewed_at_utc, row.asks, row.asked_at_utc, row.home_at_utc = now, 0, None, None
    _forget_requests(details.contact, of=row)
    db.session.flush()
    record("contact.confirm", subject_kind=SUBJECT, subject_id=row.id, actor=GUEST, now=now)
    references: dict[str, int | str] = {"sign_up_id": row.id}
    _queue(
        WELCOME_KIND, f"contact-welcome:{request.id}", recipient(row.id), details.channel, row.language, references, now
    )
    return row


def change(row: SignUp, details: Details, *, now: datetime) -> str | None:
    """Keep what was changed on one's own page. Another address counts only when it is confirmed.

    Returns None when all is kept, else what `ask_to_confirm` returns.
    """
    is_elsewhere = address_hash(details.contact) not in address_hashes(row.contact or "")
    fill(row, details, now)
    db.session.flush()
    record("contact.change", subject_kind=SUBJECT, subject_id=row.id, actor=GUEST, now=now)
    return ask_to_confirm(details, now=now, sign_up_id=row.id) if is_elsewhere else None


def stay(row: SignUp, *, now: datetime) -> None:
    """Note that they want to stay for another year; who was taken to have moved home has not."""
    row.renewed_at_utc, row.asks, row.asked_at_utc = now, 0, None
    row.home_at_utc = None
    db.session.flush()
    record("contact.renew", subject_kind=SUBJECT, subject_id=row.id, actor=GUEST, now=now)


def queue_to(row: SignUp, kind: str, purpose: str, now: datetime) -> None:
    """Queue a message of `kind` to somebody who has confirmed, in their own way."""
    references: dict[str, int | str] = {"sign_up_id": row.id}
    _queue(kind, purpose, recipient(row.id), Channel(row.channel), row.language, references, now)


def no_was_said(*, subject_hash: str, purpose: str, now: datetime) -> None:
    """Withdraw what somebody said no to by a link, by SMS or to staff. Listens to "no_was_said"."""
    ended = {NEWS_TOPIC: (Purpose.NEWS,), ALL: tuple(Purpose)}.get(purpose)
    row = queries.by_subject_hash(subject_hash) if ended else None
    if row is not None and ended:
        withdraw(row, ended, now=now)


def ask_who_may_have_left(*, now: datetime) -> None:
    """Ask each year whether somebody still studies, and remind. Listens to "sending_begins"."""
    due = Deadlines(now)
    for sign_up_id in queries.ids_to_ask(due):
        row = queries.held(sign_up_id)
        # Another worker may have asked, or the person have answered, while this one waited for the row.
        if not due.is_to_be_asked(row.renewed_at_utc, asks=row.asks, asked_at=row.asked_at_utc):
            continue
        row.asks, row.asked_at_utc = row.asks + 1, now
        purpose = f"contact-still:{row.renewed_at_utc:%Y%m%d%H%M%S}:{row.asks}"
        references: dict[str, int | str] = {"sign_up_id": row.id}
        _queue(STILL_KIND, purpose, recipient(row.id), Channel(row.channel), row.language, references, now)
        db.session.flush()
        record("contact.ask", subject_kind=SUBJECT, subject_id=row.id, actor=SYSTEM, now=now, number=row.asks)


def _signed_up(details: Details, now: datetime) -> SignUp:
    """Return the row of whoever has this address, filled in: there already, or made now."""
    for _attempt in range(_ATTEMPTS):
        found = queries.by_contact(details.contact)
        if found is not None:
            row = queries.held(found.id)
            fill(row, details, now)
            return row
        row_id = new_id()
        if insert_if_free(SignUp, **_bare(row_id, details, now)):
            row = queries.held(row_id)
            row.contact = details.contact
            fill(row, details, now)
            return row
    raise RuntimeError("neither there nor free")


def _bare(row_id: int, details: Details, now: datetime) -> dict[str, object]:
    return {
        "id": row_id,
        "selector": new_selector(OWN_PAGE),
        "generation": 0,
        "contact_hash": address_hash(details.contact),
        "channel": details.channel.value,
        "language": details.language,
        "city": details.city.value,
        "birth_year": details.birth_year,
        "heard_by": details.heard_by,
        "is_unlisted": False,
        "is_matched_by_hand": False,
        "confirmed_at_utc": now,
        "changed_at_utc": now,
        "renewed_at_utc": now,
        "asks": 0,
    }


def _readdressed(request: SignUpRequest, details: Details) -> SignUp:
    """Return the row whose address changes; links in old messages open nothing any more."""
    other = queries.by_contact(details.contact)
    if other is not None and other.id != request.sign_up_id:
        # Both addresses are theirs: the one whose page they came from stays.
        outbox.withhold(recipient=recipient(other.id), reason=Reason.REPLACED)
        changes = queries.ids_of_requests([], sign_up_ids=[other.id])
        erase_messages([recipient(other.id), *map(request_recipient, changes)])
        db.session.delete(other)
        db.session.flush()
    row = queries.held(request.sign_up_id or 0)
    row.contact, row.contact_hash = details.contact, address_hash(details.contact)
    row.channel, row.generation = details.channel.value, row.generation + 1
    return row


def _forget_requests(contact: str, *, of: SignUp) -> None:
    """Erase what waited to be confirmed for `contact`; the messages that asked for it go with the sign-up now."""
    ids = queries.ids_of_requests([contact])
    outbox.readdress(map(request_recipient, ids), recipient(of.id))
    mine = delete(SignUpRequest).where(SignUpRequest.id.in_(ids))
    db.session.execute(mine, execution_options={"synchronize_session": False})


def _queue(
    kind: str, purpose: str, to: str, channel: Channel, language: str, references: dict[str, int | str], now: datetime
) -> None:
    message = NewMessage(
        purpose=purpose, recipient=to, channel=channel, kind=kind, language=language, references=references
    )
    outbox.queue([message], now)
