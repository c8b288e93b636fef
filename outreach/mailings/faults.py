"""Why something cannot be done with a mailing, in words for the person who tried. Pure."""

from outreach.errors import N_, OutreachError


class MailingStateError(OutreachError):
    """The mailing has gone on since the page was opened."""

    message = N_("Utsendingen har endret seg siden du åpnet siden. Se hvordan den står nå.")
    http_status = 409


class TextFaultsError(OutreachError):
    """A text has faults that stop it."""

    message = N_("Teksten har feil som må rettes før den kan sendes. Trykk «Sjekk teksten» for å se dem.")


class NobodyReachedError(OutreachError):
    """Nobody can be reached by e-mail or SMS."""

    message = N_("Ingen kan nås med e-post eller SMS nå. Se hvem som må få brev.")


class OwnMailingError(OutreachError):
    """Who asked for the release or wrote the mailing cannot release it."""

    message = N_("Du kan ikke godkjenne din egen utsending. Be en annen om å gjøre det.")
    http_status = 403


class MailingChangedError(OutreachError):
    """The text or the event is another than the one that was to be released."""

    message = N_("Teksten eller arrangementet er endret siden noen ba om godkjenning. Be om godkjenning på nytt.")
    http_status = 409


class ChangedSinceReleaseError(OutreachError):
    """What would be sent is another than what was released, and one person alone cannot decide on so many."""

    message = N_(
        "Teksten eller arrangementet er endret siden utsendingen ble godkjent. En annen som kan godkjenne, må se over "
        "og la den fortsette."
    )
    http_status = 409


class UnknownMailingError(OutreachError):
    """No mailing has the reference."""

    message = N_("Det finnes ingen utsending med nummeret %(reference)s.")
    http_status = 404


class NotYetError(OutreachError):
    """A thank-you is sent after the event."""

    message = N_("Takk for sist kan først sendes når arrangementet er over. Velg en tid etter det.")


class EventNotOnError(OutreachError):
    """The event is a draft, cancelled, or over before the mailing would be sent."""

    message = N_("Utsendingen må gå mens arrangementet er publisert og før det er over.")


class PastTimeError(OutreachError):
    """The time to send at has passed."""

    message = N_("Tida du valgte, er passert. Velg en tid fram i tid, eller la feltene stå tomme.")
