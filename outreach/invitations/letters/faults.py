"""Why letters cannot be made now, or a batch not released, in words for the one who asked. Pure."""

from outreach.errors import N_, OutreachError


class LettersTooEarlyError(OutreachError):
    """The event is a draft."""

    message = N_("Arrangementet er ikke publisert. Publiser det før du lager brev.")


class LettersTooLateError(OutreachError):
    """The event was called off or is over."""

    message = N_("Arrangementet er avlyst eller over. Det lages ingen brev.")


class ReminderTooLateError(OutreachError):
    """A reminder would ask for an answer that is not taken any more."""

    message = N_("Svarfristen var %(answer_by)s. Det lages ingen påminnelser etter den.")


class ReleaseNeededError(OutreachError):
    """The batch is large: another person than its maker looks at it first."""

    message = N_(
        "Utsendingen gjelder %(count)s husstander. Over %(limit)s må en annen enn den som lager den, godkjenne den. "
        "Kjør: flask mailings release %(reference)s --by E-POST"
    )


class UnknownBatchError(OutreachError):
    """No batch has this reference."""

    message = N_("Det finnes ingen utsending med referansen %(reference)s.")
    http_status = 404


class OwnReleaseError(OutreachError):
    """Whoever made a batch cannot release it."""

    message = N_("Den som lager utsendingen, kan ikke godkjenne den. Be en annen om å se over og godkjenne.")
    http_status = 403


class BatchChangedError(OutreachError):
    """Something happened to a letter while the files were made; nothing was handed over."""

    message = N_(
        "Noe ble endret mens brevene ble laget, så ingen brev er levert til utskrift. Kjør kommandoen på nytt."
    )


class SvarUtOffError(OutreachError):
    """SvarUt is not switched on here."""

    message = N_("SvarUt er ikke slått på. Den som drifter Treffpunkt, kan slå det på.")
    http_status = 409


class PostedBeforeError(OutreachError):
    """SvarUt has had all of these letters before."""

    message = N_("SvarUt har hatt disse brevene før. Skriv dem ut i stedet.")
    http_status = 409


class BuildAtWorkError(OutreachError):
    """Another build of the same event is not finished."""

    message = N_("Brevene til dette arrangementet lages allerede. Vent til det er ferdig.")
