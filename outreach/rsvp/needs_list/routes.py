"""Staff see what guests need, by who provides it, and hand each provider its list."""

from functools import partial
from typing import Any

from flask import Response, render_template
from flask_babel import gettext as _

from outreach import clock
from outreach.accounts.access import current_actor, requires
from outreach.accounts.roles import Permission
from outreach.events import queries as events
from outreach.formats.workbook import workbook
from outreach.rsvp.blueprint import blueprint
from outreach.rsvp.needs_list import queries, service
from outreach.rsvp.needs_list.needs import NEED_WORDS, PROVIDER_WORDS, Provider, by_provider
from outreach.web.transactions import aside

__all__ = ["blueprint"]

_WIDTHS = (24, 70, 16)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/admin/arrangementer/<slug>/behov")
@requires(Permission.INVITATION_MAKE)
def show_needs(slug: str) -> str:
    event = events.by_slug(slug)
    lists = by_provider(queries.needs(event.id))
    aside(partial(service.note_look, event.id, actor=current_actor(), now=clock.now_utc()))
    return render_template("rsvp/show_needs.html", event=event, lists=lists, providers=PROVIDER_WORDS, words=NEED_WORDS)


@blueprint.get("/admin/arrangementer/<slug>/behov/<any(kjokken, tolk, skyss, lokale, annet):provider>.xlsx")
@requires(Permission.INVITATION_MAKE)
def needs_file(slug: str, provider: str) -> Any:
    event, chosen = events.by_slug(slug), Provider(provider)
    lines = by_provider(queries.needs(event.id)).get(chosen, [])
    aside(partial(service.note_look, event.id, actor=current_actor(), now=clock.now_utc(), provider=provider))
    content = workbook(
        _(PROVIDER_WORDS[chosen]),
        f"{event.title}: {_(PROVIDER_WORDS[chosen]).lower()}",
        [_("Behov"), _("Med gjestens egne ord"), _("Personer det kan gjelde")],
        [(_(NEED_WORDS[line.kind]), line.text, line.persons) for line in lines],
        widths=_WIDTHS,
    )
    name = f"{slug}-{provider}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=_XLSX, headers=headers)
