"""What the acts of the audit trail are called on its page: bokmål source texts. Any other act shows its code."""

from outreach.errors import N_

ACT_WORDS = {
    "audience.look": N_("Så navn i et utvalg"),
    "invitation.create": N_("Laget invitasjoner"),
    "invitation.list": N_("Så navn i lista over invitasjoner"),
    "invitation.look": N_("Så én invitasjon"),
    "invitation.revoke": N_("Trakk tilbake invitasjon"),
    "audit.accept_head": N_("Forankret loggen på nytt"),
    "event.cancel": N_("Avlyste arrangement"),
    "event.change": N_("Endret arrangement"),
    "event.create": N_("Laget arrangement"),
    "event.publish": N_("Publiserte arrangement"),
    "staff.create": N_("Laget konto"),
    "staff.disable": N_("Stengte konto"),
    "staff.enable": N_("Åpnet konto igjen"),
    "staff.password": N_("Byttet passord"),
    "staff.sign_in": N_("Logget inn"),
    "staff.sign_in_refused": N_("Ble ikke logget inn: feil passord"),
    "staff.sign_out_everywhere": N_("Logget ut i alle nettlesere"),
}

ACTOR_WORDS = {
    "command": N_("Kommandolinje"),
    "device": N_("Telefon ved døra"),
    "guest": N_("Gjest"),
    "staff": N_("Ansatt uten konto"),
    "system": N_("Treffpunkt selv"),
}
