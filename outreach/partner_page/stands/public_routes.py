"""A guest scans a stand, sees what the partner offers, and may leave interest; sees it again and takes it back.

Opening a link changes nothing, since mail scanners open every link; the button does.
"""

from typing import Any

from flask import Response, g, redirect, render_template, request, url_for

from outreach import clock
from outreach.partner_page import erasure
from outreach.partner_page.access import interest_link, partner_link
from outreach.partner_page.blueprint import blueprint
from outreach.partner_page.interest import PURPOSE_WORDS, is_stand_open
from outreach.partner_page.interests import queries, service
from outreach.partner_page.stands.forms import InterestForm
from outreach.partner_page.stands.service import stand_pdf
from outreach.partners.models import Participation
from outreach.partners.opportunities import queries as opportunities
from outreach.partners.opportunity import KIND_WORDS
from outreach.partners.participations import queries as participations
from outreach.partners.web_address import shown
from outreach.web.access import public
from outreach.web.kept_answers import keep_answer
from outreach.web.languages import current_language
from outreach.web.throttle import Limit, check_wait, client_address, note_failure

__all__ = ["blueprint"]

# A whole hall may stand behind one address; a contact that is written to again and again waits.
_FROM_ONE_PLACE = Limit("stand-address", 200)
_ONE_CONTACT = Limit("stand-contact", 3)


@blueprint.get("/stand/<stand>")
@public
def show_stand(stand: str) -> str:
    keep_answer()
    return _page(participations.on_stand(stand), InterestForm(formdata=None))


@blueprint.post("/stand/<stand>")
@public
def leave_interest(stand: str) -> Any:
    row, now, form = participations.on_stand(stand), clock.now_utc(), InterestForm()
    check_wait((_FROM_ONE_PLACE, client_address()), now=now)
    if not form.validate():
        return _page(row, form), 422
    left = form.left(current_language())
    check_wait((_ONE_CONTACT, left.contact), now=now)
    note_failure((_FROM_ONE_PLACE, client_address()), (_ONE_CONTACT, left.contact), now=now)
    interest = service.leave(row, left, now=now)
    code = queries.code_of(interest).lower()
    return redirect(f"{url_for('partner_page.show_interest', token=code)}?ny=1", 303)


@blueprint.get("/partner/<token>/standark.pdf")
@partner_link
def own_stand_sheet(token: str) -> Any:
    pdf = stand_pdf(g.participation, today=clock.today_oslo())
    headers = {"Content-Disposition": f'attachment; filename="stand-{g.participation.event.slug}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


@blueprint.get("/interesse/<token>")
@interest_link
def show_interest(token: str) -> str:
    is_new = request.args.get("ny") == "1"
    return render_template(
        "partner_page/show_interest.html", token=token, row=g.interest, is_new=is_new, purposes=PURPOSE_WORDS
    )


@blueprint.post("/interesse/<token>/ta-tilbake")
@interest_link
def take_interest_back(token: str) -> Any:
    erasure.take_back(g.interest, now=clock.now_utc())
    return redirect(url_for("partner_page.interest_taken_back"), 303)


@blueprint.get("/interesse/tatt-tilbake")
@public
def interest_taken_back() -> str:
    return render_template("partner_page/interest_taken_back.html")


def _page(row: Participation, form: InterestForm) -> str:
    now = clock.now_utc()
    return render_template(
        "partner_page/show_stand.html",
        row=row,
        form=form,
        opportunities=opportunities.shown_of([row.organisation_id], clock.today_oslo()),
        kinds=KIND_WORDS,
        leads_to=shown,
        is_stand_open=is_stand_open(ends_at_utc=row.event.ends_at_utc, now=now),
    )
