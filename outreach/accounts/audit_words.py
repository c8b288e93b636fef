"""What the audit trail's acts, actors and records are called on its page: bokmål source texts.

Every act that the code records stands here; `tests/accounts/test_audit_words.py` reads the code and holds it so.
"""

from outreach.errors import N_

ACT_WORDS = {
    "audience.look": N_("Så på personer i en målgruppe"),
    "audit.accept_head": N_("Forankret loggen på nytt"),
    "door.close": N_("Stengte en dør"),
    "door.let_go": N_("Koblet fra en telefon"),
    "door.open": N_("Åpnet en dør"),
    "door.pair": N_("Koblet en telefon til en dør"),
    "event.cancel": N_("Avlyste arrangement"),
    "event.change": N_("Endret arrangement"),
    "event.create": N_("Laget arrangement"),
    "event.publish": N_("Publiserte arrangement"),
    "invitation.create": N_("Laget invitasjoner"),
    "invitation.list": N_("Så på lista over invitasjoner"),
    "invitation.look": N_("Så på en invitasjon"),
    "invitation.revoke": N_("Trakk tilbake en invitasjon"),
    "letter.preview": N_("Så på et brev"),
    "letters.hand_over": N_("Laget brev til utskrift"),
    "letters.mark_delivered": N_("Merket brev som sendt"),
    "letters.reprint": N_("Laget brev på nytt"),
    "letters.resend": N_("La brev i køen på nytt"),
    "mailing.release": N_("Godkjente en utsending"),
    "message.confirm_sending": N_("Bekreftet at denne installasjonen kan sende"),
    "message.mark_delivered": N_("Merket en melding som sendt"),
    "message.resend": N_("La en melding i køen på nytt"),
    "register.choose_columns": N_("Valgte kolonner i et uttrekk"),
    "register.discard": N_("Forkastet et uttrekk"),
    "register.feed": N_("Leste inn hendelser fra Folkeregisteret"),
    "register.import": N_("Leste inn et uttrekk"),
    "register.look": N_("Så på et uttrekk"),
    "register.stage": N_("Lastet opp et uttrekk"),
    "retention.erase": N_("Slettet det som var for gammelt"),
    "rsvp.answer": N_("Svarte på en invitasjon"),
    "rsvp.cancel": N_("Meldte avbud"),
    "rsvp.erase_persons": N_("Slettet svar fra personer"),
    "staff.create": N_("Laget konto"),
    "staff.disable": N_("Stengte konto"),
    "staff.enable": N_("Åpnet konto igjen"),
    "staff.password": N_("Byttet passord"),
    "staff.sign_in": N_("Logget inn"),
    "staff.sign_in_refused": N_("Ble ikke logget inn: feil passord"),
    "staff.sign_out_everywhere": N_("Logget ut i alle nettlesere"),
    "suppression.asked": N_("Ba om at vi ikke skriver igjen"),
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
    "audit_link": N_("Logg"),
    "door_device": N_("Telefon"),
    "door_pairing": N_("Dør"),
    "event": N_("Arrangement"),
    "instance": N_("Installasjon"),
    "invitation": N_("Invitasjon"),
    "letter_batch": N_("Brevbunke"),
    "outbox_message": N_("Melding"),
    "receipt": N_("Kvittering"),
    "register_feed": N_("Hendelser fra Folkeregisteret"),
    "register_import": N_("Innlesing"),
    "rsvp": N_("Svar"),
    "staff_user": N_("Konto"),
    "staged_extract": N_("Uttrekk"),
    "ticket": N_("Billett"),
}
