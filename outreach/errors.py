"""The base of all domain errors, each with a message fit for the person who meets it.

Messages are bokmål source texts marked with `N_`; the web and command edges translate them and fill in the values.
"""

from typing import Any


def N_(message: str) -> str:  # the name that Babel's extractor knows
    """Mark `message` for the translation catalogues without translating it here."""
    return message


class OutreachError(Exception):
    """A fault that a person can understand and act on.

    `message` is the untranslated bokmål text with `%(name)s` places; `values` fills them. `http_status` is what a page
    that cannot show the fault beside a field answers with. `page`: the page under `templates/errors/` that tells it,
    where that of the status would say too little. `retry_after_seconds`: where waiting helps.
    """

    message: str = N_("Noe gikk galt.")
    http_status: int = 422
    page: str = ""
    retry_after_seconds: int | None = None

    def __init__(self, message: str | None = None, **values: Any) -> None:
        self.message = message or type(self).message
        self.values = values
        super().__init__(self.message % values if values else self.message)


class NotFoundError(OutreachError):
    """What was asked for is not there, or not for the one who asks: a stranger cannot tell which."""

    message = N_("Vi finner ikke det du leter etter.")
    http_status = 404


class UnavailableError(OutreachError):
    """Something that must be checked cannot be checked now, so the act is refused."""

    message = N_("Tjenesten er ikke tilgjengelig akkurat nå. Prøv igjen om litt.")
    http_status = 503


class SettingError(SystemExit):
    """A setting has a value that cannot be used; the start stops with one line that names the variable."""

    def __init__(self, variable: str, fault: str) -> None:
        super().__init__(f"{variable}: {fault}")
