"""Staff put one person on an event's list by hand: somebody whom they added, or whom they found."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.audience.exclusions import words
from outreach.events import queries as events
from outreach.invitations.adding import queries, service
from outreach.invitations.blueprint import blueprint
from outreach.web.transactions import aside

__all__ = ["blueprint"]


@blueprint.get("/admin/personer/<int:person_id>/inviter")
@requires(Permission.PEOPLE_SEE)
@requires(Permission.INVITATION_MAKE)
def choose_event(person_id: int) -> str:
    """Show the person, and the events to which they can be invited."""
    person, now = queries.person(person_id), clock.now_utc()
    against = queries.reason_against(person, 0)
    aside(partial(service.note_look, person_id, actor=current_actor(), now=now))
    return render_template(
        "invitations/choose_event.html",
        person=person,
        events=queries.events_for(person, now),
        against=words(against) if against else "",
    )


@blueprint.post("/admin/arrangementer/<slug>/invitasjoner/for-hand/<int:person_id>")
@requires(Permission.INVITATION_MAKE)
def invite_by_hand(slug: str, person_id: int) -> Any:
    """Invite the person, and go to the invitation."""
    event, person = events.by_slug(slug), queries.person(person_id)
    found = service.invite(event, person, actor=current_actor(), now=clock.now_utc())
    flash(_("Lagt til for hånd. Brevet ligger i køen hvis det ikke er laget allerede."))
    return redirect(url_for("invitations.show_one", slug=slug, invitation_id=found.id), 303)
