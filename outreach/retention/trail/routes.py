"""Staff read the audit trail: who did what to which record, in words."""

import json
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext as _

from outreach.accounts import queries as accounts
from outreach.accounts.access import requires
from outreach.accounts.roles import Permission
from outreach.audit import queries as audit
from outreach.audit.models import AuditEntry
from outreach.mailings.mailing import KIND_WORDS
from outreach.messages.composers import composer_of
from outreach.retention.blueprint import blueprint
from outreach.retention.trail import queries
from outreach.retention.trail.acts import ACT_WORDS
from outreach.retention.trail.detail_words import VALUE_WORDS
from outreach.retention.trail.record_title import Record, RecordTitle, records_of
from outreach.retention.trail.trail_words import ACTOR_WORDS, SUBJECT_WORDS, details_in_words
from outreach.web.whole_numbers import page_asked_for

__all__ = ["blueprint"]

_ROWS_A_PAGE = 50
# Records that have no title of their own are called by what they are.
_TITLES_IN_WORDS: dict[str, dict[str, str]] = {
    "mailing": {str(kind): said for kind, said in KIND_WORDS.items()},
    "letter_job": VALUE_WORDS,
}


@blueprint.get("/admin/logg")
@requires(Permission.AUDIT_SEE)
def show_audit_log() -> str:
    count = audit.entry_count()
    last_page = max(1, -(-count // _ROWS_A_PAGE))
    page = min(page_asked_for("side"), last_page)
    entries = audit.entries(offset=(page - 1) * _ROWS_A_PAGE, limit=_ROWS_A_PAGE)
    emails = accounts.emails_of(entry.actor_id for entry in entries if entry.actor_id)
    details = {entry.id: json.loads(entry.details) for entry in entries}
    titles = queries.titles_of(_records(entries, details))
    return render_template(
        "retention/show_audit_log.html",
        entries=entries,
        titles={record: _said(record, title) for record, title in titles.items()},
        more={number: _in_words(of_entry, titles) for number, of_entry in details.items()},
        emails=emails,
        count=count,
        page=page,
        last_page=last_page,
        acts=ACT_WORDS,
        actors=ACTOR_WORDS,
        subjects=SUBJECT_WORDS,
    )


def _records(entries: list[AuditEntry], details: dict[int, Any]) -> set[Record]:
    named = {record for of_entry in details.values() for _name, record in records_of(of_entry)}
    return named | {(entry.subject_kind, entry.subject_id) for entry in entries if entry.subject_id}


def _said(record: Record, title: RecordTitle) -> str:
    words = _TITLES_IN_WORDS.get(record[0])
    own = _(words.get(title.title, title.title)) if words else title.title
    return " – ".join(part for part in (own, title.event_title) if part)


def _in_words(details: dict[str, Any], titles: dict[Record, RecordTitle]) -> list[tuple[str, str]]:
    """Return (what, value) of each detail, both in the reader's language."""
    said = {name: _said(record, titles[record]) for name, record in records_of(details) if record in titles}
    return [
        (_(what), said.get(name) or ", ".join(_word(name, value) for value in values))
        for name, what, values in details_in_words(details)
    ]


def _word(name: str, value: str) -> str:
    composer = composer_of(current_app, value) if name == "kind" else None
    words = (composer and composer.words) or value
    return _(words) if words else ""
