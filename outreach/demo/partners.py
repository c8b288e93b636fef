"""The made-up partners of the demo: who they are, what they do at an evening, what they offer. Pure.

The organisation numbers fit their check digit and begin with 3, as no real one does. In: today. Out: what staff and
partners would type.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from outreach.partners.opportunity import Kind as OfferKind
from outreach.partners.opportunity import OpportunityDetails
from outreach.partners.organisation import ContactDetails, Kind, OrganisationDetails
from outreach.partners.participation import Role, State


@dataclass(frozen=True)
class MadeUpPartner:
    """One partner with its contact, its role at the coming evening, how far that has come, and its offers."""

    organisation: OrganisationDetails
    contact: ContactDetails
    role: Role
    state: State
    offers: tuple[OpportunityDetails, ...] = ()


def partners(today: date) -> tuple[MadeUpPartner, ...]:
    """Return the demo's partners, each in another state."""
    return (
        MadeUpPartner(
            _organisation(
                "Modum Trevare AS (oppdiktet)",
                "310000019",
                Kind.BUSINESS,
                "Vi lager dører og vinduer på Åmot. Kom og prøv å felle inn et hengsel.",
                "https://trevare.example",
            ),
            _contact("Berit Trefjord", "Daglig leder", "berit@trevare.example"),
            Role.STAND,
            State.CONFIRMED,
            (
                _offer(OfferKind.APPRENTICESHIP, "Lærling i trevarefaget", "Åmot", today, 90),
                _offer(OfferKind.SUMMER_JOB, "Sommervikar i lakkeriet", "Åmot", today, 45),
            ),
        ),
        MadeUpPartner(
            _organisation("Snarum Idrettslag (oppdiktet)", None, Kind.CLUB, "Ski, fotball og dugnad for alle.", ""),
            _contact("Jonas Skiløype", "Leder", "jonas@snarum-il.example"),
            Role.STAND,
            State.CONFIRMED,
            (_offer(OfferKind.VOLUNTEER, "Trener for de minste", "Snarum", today, 60),),
        ),
        MadeUpPartner(
            _organisation("Modum Næringsråd (oppdiktet)", None, Kind.COUNCIL, "Bedriftene i Modum, samlet.", ""),
            _contact("Kari Handelsbrygge", "Styreleder", "kari@naeringsrad.example"),
            Role.SPEAKER,
            State.ASKED,
        ),
        MadeUpPartner(
            _organisation("Vikersund Handelsstand (oppdiktet)", None, Kind.RETAILERS, "", ""),
            _contact("Per Butikkmo", "Leder", "per@handel.example"),
            Role.SPONSOR,
            State.DECLINED,
        ),
    )


def _organisation(name: str, number: str | None, kind: Kind, about: str, website: str) -> OrganisationDetails:
    return OrganisationDetails(name=name, number=number, kind=kind, about=about, website=website)


def _contact(name: str, role: str, email: str) -> ContactDetails:
    return ContactDetails(name=name, role=role, email=email, phone="99 99 99 01", language="nb", has_agreed=True)


def _offer(kind: OfferKind, title: str, place: str, today: date, days: int) -> OpportunityDetails:
    text = "Ta kontakt på standen, eller les mer på nett. Dette er oppdiktet."
    apply_by = today + timedelta(days=days)
    return OpportunityDetails(
        kind=kind, title=title, text=text, place=place, apply_by=apply_by, link="https://trevare.example/jobb"
    )
