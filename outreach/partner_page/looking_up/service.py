"""Use case: note what Enhetsregisteret says of a partner. Never commits."""

from datetime import datetime

from outreach.audit.actor import Actor
from outreach.audit.service import record
from outreach.database import db
from outreach.errors import N_, OutreachError
from outreach.partners.models import Organisation
from outreach.partners.organisations.service import SUBJECT
from outreach.partners.standing import Registered


class NoNumberError(OutreachError):
    """There is nothing to ask about."""

    message = N_("Partneren har ikke noe organisasjonsnummer. Legg det inn først.")


class RegisterSilentError(OutreachError):
    """The register did not answer, or not as its document says."""

    message = N_("Enhetsregisteret svarer ikke akkurat nå. Prøv igjen om litt. Ingenting er endret.")
    http_status = 503


def note(row: Organisation, number: str, found: Registered, *, actor: Actor, now: datetime) -> None:
    """Keep what the register said of `number`, unless the partner has got another one meanwhile."""
    if row.number != number:
        return
    row.standing, row.register_name, row.register_asked_at_utc = found.standing.value, found.name, now
    db.session.flush()
    record("partner.look_up", subject_kind=SUBJECT, subject_id=row.id, actor=actor, now=now)
