"""Writes the answer to a question as an e-mail, from what is true when it is handed over."""

import json

from flask import Flask

from outreach.messages.composers import Withheld, register_composer
from outreach.messages.email import ComposedEmail
from outreach.messages.service import email_from_templates
from outreach.outbox.models import OutboxMessage
from outreach.outbox.states import Reason
from outreach.questions import queries
from outreach.questions.service import KIND


def install(app: Flask) -> None:
    """Have this module write answers, also when the event is over: somebody asked, and waits."""
    register_composer(app, KIND, compose, after_event=True)


def compose(row: OutboxMessage) -> ComposedEmail | Withheld:
    """Return the e-mail of an outbox row, or why it must not leave any more."""
    question = queries.by_id(json.loads(row.references_json)["question_id"])
    if question is None or question.is_erased or question.email_sealed is None or question.answer_sealed is None:
        return Withheld(Reason.ERASED)
    values = {"question": question.text or "", "answer": question.answer or ""}
    return email_from_templates(KIND, to=question.email or "", language=row.language, values=values)
