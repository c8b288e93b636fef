"""Which source texts a guest meets on the walk: what a further language must say. Read from the files that say them.

A page or mail of the walk is listed here by its file; a file that staff meet too says which of its texts are theirs.
"""

from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_file

ROOT = Path(__file__).parent.parent
KEYWORDS = {
    "_": None, "gettext": None, "lazy_gettext": None, "N_": None, "_l": None, "ngettext": (1, 2),
}  # fmt: skip
Text = str | tuple[str, ...]
_MAILS = (
    "rsvp_confirmation", "rsvp_cancellation", "event_changed", "event_cancelled", "waitlist_joined", "waitlist_changed",
    "waitlist_closed", "seat_offer", "open_confirm", "question_answer",
)  # fmt: skip
_PATTERNS = (
    "templates/layouts/base.html",
    "templates/layouts/public.html",
    "templates/layouts/_languages.html",
    "templates/layouts/email.html",
    "templates/components/form.html",
    "templates/errors/*.html",
    "templates/invitations/type_code.html",
    *(
        f"templates/rsvp/{name}.html"
        for name in (
            "_event_facts", "_fields", "_needs", "_waiting_actions", "_waiting_alert", "ask_to_cancel",
            "ask_to_stop_writing", "check_open", "choose_place", "confirm_open",
            "look_for_mail", "moved_away", "new_ticket", "open_form", "show_invitation", "show_receipt",
        )
    ),
    "templates/rsvp/answering/*.html",
    "templates/retention/own_data/*.html",
    "templates/tickets/*.html",
    "templates/events/list_coming.html",
    "templates/events/show_event.html",
    "templates/feeds/show_feed.html",
    "templates/questions/ask.html",
    "templates/messages/unsubscribe.html",
    "templates/partners/_on_event_page.html",
    "templates/partners/_opportunities.html",
    "templates/outgoing/email/_*",
    *(f"templates/outgoing/email/{name}/*" for name in _MAILS),
    *(
        f"templates/outgoing/sms/{name}.txt"
        for name in ("event_cancelled", "event_changed", "seat_offer", "waitlist_changed", "waitlist_closed")
    ),
    "templates/outgoing/sms/ticket.txt",
    "outreach/errors.py",
    "outreach/events/calendar.py",
    "outreach/events/changes.py",
    "outreach/events/getting_there.py",
    "outreach/events/public_routes.py",
    "outreach/events/queries.py",
    "outreach/feeds/*.py",
    "outreach/formats/contact_checks.py",
    "outreach/formats/short_code.py",
    "outreach/invitations/access.py",
    "outreach/invitations/forms.py",
    "outreach/invitations/queries.py",
    "outreach/messages/topic.py",
    "outreach/messages/unsubscribe_link.py",
    "outreach/partners/opportunity.py",
    "outreach/partners/participation.py",
    "outreach/questions/forms.py",
    "outreach/questions/question.py",
    "outreach/rsvp/answer_checks.py",
    "outreach/rsvp/moved_away/place.py",
    "outreach/events/study_place.py",
    "outreach/rsvp/needs_list/needs.py",
    "outreach/rsvp/new_ticket/service.py",
    "outreach/rsvp/open_sign_up/*.py",
    "outreach/rsvp/own_questions/reply_checks.py",
    "outreach/rsvp/public_routes.py",
    "outreach/rsvp/standing.py",
    "outreach/rsvp/storing/service.py",
    "outreach/rsvp/swapping/*.py",
    "outreach/tickets/printed/service.py",
    "outreach/tickets/service.py",
    "outreach/tickets/ticket.py",
    "outreach/web/throttle.py",
)  # fmt: skip
# Of the files above, what only staff and partners read.
STAFF_ALONE = frozenset(
    {
        "Send svaret som e-post", "Jeg har svart på telefon", "Hvordan svarer du?", "Velg hvordan du svarer.", "Svar",
        "For langt.", "Nytt", "Blir besvart", "Besvart", "Lukket", "Kjøkken", "Lokale",
        "Noen andre har allerede svart på eller lukket dette spørsmålet. Last siden på nytt.",
        "Den som spør, har ikke gitt noen e-postadresse. Svar på telefon eller på annen måte.",
        "Venter på godkjenning", "Godkjent", "Ikke godkjent", "Tatt ned", "Fristen er ute",
        "Fristen er allerede ute. Velg en dag fram i tid.",
        "Fristen er mer enn to år fram i tid. Sjekk årstallet.",
        "Dere har mange nok muligheter ute nå. Ta ned en før dere legger ut en ny.",
        "Kommer", "Kommer ikke", "Trukket tilbake",
        "Partneren står allerede på lista med denne rollen.",
        "Vi har tatt invitasjonen tilbake, eller sendt dere en ny lenke.",
        "Arrangementet har begynt eller er avlyst, så dette kan ikke endres lenger. Ring oss om det haster.",
        "Velg en kontakt som har sagt ja til e-post, før du sender invitasjonen.",
        "Publiser arrangementet før du inviterer partnere.",
        "Det er mange nok oppgaver her. Slett en før du legger til en ny.",
        "Filen er for stor",
        (
            "Be den som driver Treffpunkt om å lese filen inn. "
            "Ikke del opp et uttrekk: da ser det ut som om de andre har flyttet."
        ),
        "Ingen tilgang", "Kontoen din har ikke tilgang til denne siden.", "Gå til oversikten",
        "Skal du ha tilgang? Snakk med den som styrer brukerne hos dere.",
    }
)  # fmt: skip


@cache
def texts_of_guests() -> dict[Text, str]:
    """Return every text of a guest's walk, with the first file that says it; one and many as a pair."""
    found: dict[Text, str] = {}
    for pattern in _PATTERNS:
        files = sorted(ROOT.glob(pattern))
        assert files, pattern
        for path in files:
            for text in _texts(path):
                if text not in STAFF_ALONE:
                    found.setdefault(text, str(path.relative_to(ROOT)))
    return found


def _texts(path: Path) -> list[Text]:
    method = "python" if path.suffix == ".py" else "jinja2"
    options = {"encoding": "utf-8", "trimmed": "true"}
    return [row[1] for row in extract_from_file(method, path, keywords=KEYWORDS, options=options)]
