"""Connects the contact point with what happens elsewhere: who listens to what, who is whom in segments and messages."""

from flask import Flask

from outreach import clock
from outreach.audience.history import History
from outreach.audience.queries import know_by
from outreach.contact_point import queries, service
from outreach.contact_point.groups import service as groups
from outreach.contact_point.home import service as home
from outreach.contact_point.mails import service as mails
from outreach.contact_point.recognising import service as recognising
from outreach.database.downward import listen
from outreach.messages.recipients import tell_recipients


def install(app: Flask) -> None:
    """Have the contact point tell segments who signed up, hear of extracts and of a no, and write."""
    know_by(app, History.SIGNED_UP, queries.signed_up_persons)
    know_by(app, History.INTERESTED, queries.interested_persons)
    tell_recipients(app, "sign_up", queries.recipient_words)
    listen(app, "people_joined", recognising.move_persons)
    listen(app, "register_read", recognising.recognise_all)
    listen(app, "register_read", _thank_who_came_home)
    listen(app, "no_was_said", service.no_was_said)
    listen(app, "sending_begins", service.ask_who_may_have_left)
    groups.install(app)
    mails.install(app)


def _thank_who_came_home() -> None:
    home.thank_who_came_home(now=clock.now_utc())
