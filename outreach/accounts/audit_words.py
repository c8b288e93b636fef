"""What the audit trail's acts, actors and records are called on its page: bokmål source texts.

Every act that the code records stands here; `tests/accounts/test_audit_words.py` reads the code and holds it so.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from outreach.errors import N_

ACT_WORDS = {
    "audience.look": N_("Så på personer i en målgruppe"),
    "audience.search": N_("Søkte etter en person i et utvalg"),
    "audience.why": N_("Så hvorfor en person er i et utvalg"),
    "audit.accept_head": N_("Forankret loggen på nytt"),
    "door.close": N_("Stengte en dør"),
    "door.let_go": N_("Koblet fra en telefon"),
    "door.open": N_("Åpnet en dør"),
    "door.renew": N_("Laget ny QR-kode for en dør"),
    "door.pair": N_("Koblet en telefon til en dør"),
    "event.cancel": N_("Avlyste arrangement"),
    "event.change": N_("Endret arrangement"),
    "event.create": N_("Laget arrangement"),
    "event.publish": N_("Publiserte arrangement"),
    "household.hold": N_("Holdt tilbake husstander"),
    "household.invite_part": N_("Lot noen i en husstand få brev"),
    "household.join": N_("Slo sammen to husstander"),
    "household.list": N_("Så på lista over husstander"),
    "household.look": N_("Så på en husstand"),
    "household.release": N_("Lot husstander få brev"),
    "household.search": N_("Søkte etter husstander"),
    "household.split": N_("Delte en husstand"),
    "invitation.create": N_("Laget invitasjoner"),
    "invitation.list": N_("Så på lista over invitasjoner"),
    "invitation.look": N_("Så på en invitasjon"),
    "invitation.revoke": N_("Trakk tilbake en invitasjon"),
    "invitation.search": N_("Søkte etter en invitasjon med et navn"),
    "key.rotate": N_("Byttet registernøkkel"),
    "letter.list_returned": N_("Så på lista over brev i retur"),
    "letter.look_returned": N_("Så på et brev i retur"),
    "letter.preview": N_("Så på et brev"),
    "letter.reached": N_("Nådde en husstand på annen måte"),
    "letter.return": N_("Registrerte et brev i retur"),
    "letter.return_undone": N_("Angret et brev i retur"),
    "letter.send_again": N_("Lot et brev i retur bli skrevet ut på nytt"),
    "letters.hand_over": N_("Laget brev til utskrift"),
    "letters.mark_delivered": N_("Merket brev som sendt"),
    "letters.reprint": N_("Laget brev på nytt"),
    "letters.resend": N_("La brev i køen på nytt"),
    "mailing.release": N_("Godkjente en utsending"),
    "message.confirm_sending": N_("Bekreftet at denne installasjonen kan sende"),
    "message.delivered": N_("Regnet meldinger som overlevert"),
    "message.drop": N_("Lot være å sende meldinger"),
    "message.list_doubtful": N_("Så på meldinger som må avgjøres"),
    "message.resend": N_("La meldinger i køen på nytt"),
    "message.mark_delivered": N_("Merket en melding som sendt"),
    "message.resend": N_("La en melding i køen på nytt"),
    "question.answer": N_("Svarte på et spørsmål"),
    "question.archive": N_("Skrev spørsmål til arkivet"),
    "question.ask": N_("Stilte et spørsmål"),
    "question.close": N_("Lukket et spørsmål"),
    "question.erase": N_("Slettet spørsmål fra personer"),
    "question.list": N_("Så på lista over spørsmål"),
    "question.look": N_("Leste et spørsmål"),
    "question.mark_free": N_("Merket om arkivet kan beholde et spørsmål"),
    "question.take": N_("Tok et spørsmål"),
    "register.choose_columns": N_("Valgte kolonner i et uttrekk"),
    "person.join": N_("Slo sammen to oppføringer av en person"),
    "person.keep_apart": N_("Merket to personer som ulike"),
    "person.list_doubles": N_("Så på lista over mulige dobbeltføringer"),
    "register.discard": N_("Forkastet et uttrekk"),
    "register.feed": N_("Leste inn hendelser fra Folkeregisteret"),
    "register.import": N_("Leste inn et uttrekk"),
    "register.look": N_("Så på et uttrekk"),
    "register.stage": N_("Lastet opp et uttrekk"),
    "retention.erase": N_("Slettet det som var for gammelt"),
    "rsvp.answer": N_("Svarte på en invitasjon"),
    "rsvp.cancel": N_("Meldte avbud"),
    "rsvp.erase_persons": N_("Slettet svar fra personer"),
    "segment.archive": N_("Arkiverte et utvalg"),
    "segment.change": N_("Endret et utvalg"),
    "segment.create": N_("Laget et utvalg"),
    "segment.restore": N_("Tok et utvalg fram igjen"),
    "staff.create": N_("Laget konto"),
    "staff.disable": N_("Stengte konto"),
    "staff.enable": N_("Åpnet konto igjen"),
    "staff.password": N_("Byttet passord"),
    "staff.sign_in": N_("Logget inn"),
    "staff.sign_in_refused": N_("Ble ikke logget inn: feil passord"),
    "staff.sign_out_everywhere": N_("Logget ut i alle nettlesere"),
    "suppression.add": N_("La inn en reservasjon"),
    "suppression.asked": N_("Ba om at vi ikke skriver igjen"),
    "suppression.take_back": N_("Tok bort en reservasjon"),
    "ticket.replaced": N_("Byttet ut en billett"),
}

ACTOR_WORDS = {
    "command": N_("Kommandolinje"),
    "device": N_("Telefon ved døra"),
    "guest": N_("Gjest"),
    "staff": N_("Ansatt uten konto"),
    "system": N_("Treffpunkt selv"),
}

SUBJECT_WORDS = {
    "audience_list": N_("Liste for et arrangement"),
    "audit_link": N_("Logg"),
    "door_device": N_("Telefon"),
    "door_pairing": N_("Dør"),
    "event": N_("Arrangement"),
    "household": N_("Husstand"),
    "instance": N_("Installasjon"),
    "invitation": N_("Invitasjon"),
    "letter_batch": N_("Brevbunke"),
    "outbox_message": N_("Melding"),
    "person": N_("Person"),
    "question": N_("Spørsmål"),
    "receipt": N_("Kvittering"),
    "register_feed": N_("Hendelser fra Folkeregisteret"),
    "register_import": N_("Innlesing"),
    "returned_letter": N_("Brev i retur"),
    "rsvp": N_("Svar"),
    "segment": N_("Utvalg"),
    "staff_user": N_("Konto"),
    "staged_extract": N_("Uttrekk"),
    "suppression": N_("Reservasjon"),
    "ticket": N_("Billett"),
}

DETAIL_WORDS = {
    "channel": N_("Kanal"),
    "event": N_("Arrangement"),
    "event_id": N_("Arrangement"),
    "fields": N_("Felter"),
    "found": N_("Treff"),
    "households": N_("Husstander"),
    "invitations": N_("Invitasjoner"),
    "joined": N_("Slått sammen"),
    "kind": N_("Slag"),
    "letters": N_("Brev"),
    "list_id": N_("Liste"),
    "messages": N_("Meldinger"),
    "new": N_("Nye"),
    "other_id": N_("Den andre"),
    "page": N_("Side"),
    "persons": N_("Personer"),
    "reason": N_("Grunn"),
    "rejected": N_("Avvist"),
    "revision": N_("Svar nummer"),
    "role": N_("Rolle"),
    "rule": N_("Regel"),
    "state": N_("Tilstand"),
    "was": N_("Før"),
}
VALUE_WORDS = {
    "attending": N_("Kommer"),
    "cancelled": N_("Avlyst"),
    "declined": N_("Kommer ikke"),
    "draft": N_("Kladd"),
    "email": N_("E-post"),
    "published": N_("Publisert"),
    "sms": N_("SMS"),
}


def details_in_words(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (what, value) of the details of a row: source texts where there are words, else as they are recorded."""
    for name, value in details.items():
        parts = value if isinstance(value, list) else [value]
        yield DETAIL_WORDS.get(name, name), ", ".join(_value(part) for part in parts)


def _value(part: Any) -> str:
    return "" if part is None else VALUE_WORDS.get(str(part), str(part))
