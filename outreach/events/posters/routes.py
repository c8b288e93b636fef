"""Staff fetch an event's posters, flyers, QR and words for social media."""

from typing import Any

from flask import Response, render_template

from outreach.accounts.access import requires
from outreach.accounts.roles import Permission
from outreach.events import queries, service
from outreach.events.blueprint import blueprint
from outreach.events.event import page_path
from outreach.events.models import Event
from outreach.events.posters import service as posters
from outreach.events.posters.poster import PAPER, PICTURES, Form
from outreach.formats import qr
from outreach.web.headers import settings_of_app
from outreach.web.languages import LANGUAGES, current_language

__all__ = ["blueprint"]

_FORM, _LANGUAGE = "<any(a3, a4, flygeblad):form>", "<any(nb, nn, en):language>"


@blueprint.get("/admin/arrangementer/<slug>/plakat")
@requires(Permission.EVENT_SEE)
def show_posters(slug: str) -> Any:
    event = queries.by_slug(slug)
    return render_template(
        "events/posters/show_posters.html",
        event=event,
        forms=PAPER,
        choices=LANGUAGES,
        preview=current_language(),
        pictures=PICTURES,
        texts=posters.ready_texts(event),
    )


@blueprint.get(f"/admin/arrangementer/<slug>/plakat/{_FORM}-{_LANGUAGE}.pdf")
@requires(Permission.EVENT_SEE)
def poster_pdf(slug: str, form: str, language: str) -> Any:
    event = service.not_cancelled(queries.by_slug(slug))
    return _file(posters.paper_pdf(event, Form(form), language), "application/pdf", f"{slug}-{form}-{language}.pdf")


@blueprint.get(f"/admin/arrangementer/<slug>/plakat/{_FORM}-{_LANGUAGE}.png")
@requires(Permission.EVENT_SEE)
def poster_picture(slug: str, form: str, language: str) -> Any:
    event = service.not_cancelled(queries.by_slug(slug))
    return Response(posters.paper_picture(event, Form(form), language), mimetype="image/png")


@blueprint.get(f"/admin/arrangementer/<slug>/plakat/<any(deling, kvadrat):picture>-{_LANGUAGE}.png")
@requires(Permission.EVENT_SEE)
def post_picture(slug: str, picture: str, language: str) -> Any:
    event = service.not_cancelled(queries.by_slug(slug))
    return _file(posters.picture(event, Form(picture), language), "image/png", f"{slug}-{picture}-{language}.png")


@blueprint.get("/admin/arrangementer/<slug>/plakat/qr.<any(svg, png):drawing>")
@requires(Permission.EVENT_SEE)
def poster_qr(slug: str, drawing: str) -> Any:
    url = _page_url(service.not_cancelled(queries.by_slug(slug)))
    if drawing == "svg":
        return _file(qr.svg(url).encode(), "image/svg+xml", f"{slug}-qr.svg")
    return _file(qr.png(url, scale=16), "image/png", f"{slug}-qr.png")


def _page_url(event: Event) -> str:
    path = page_path(event.slug, is_open_sign_up=event.is_open_sign_up)
    return f"{settings_of_app().public_url}{path}"


def _file(content: bytes, mimetype: str, name: str) -> Response:
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
