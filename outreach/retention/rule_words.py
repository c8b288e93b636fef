"""What each retention rule is called, in bokmål source texts."""

from outreach.errors import N_
from outreach.retention.schedule import Rule

RULE_WORDS = {
    Rule.EVENT_PEOPLE.value: N_("Deltakere og svar fra et arrangement"),
    Rule.NEEDS.value: N_("Hva gjester trenger, fra arrangementer som er over"),
    Rule.REGISTER_COPY.value: N_("Kopi av Folkeregisteret"),
    Rule.NATIONAL_NUMBERS.value: N_("Fødselsnumre som ingen tjeneste trenger lenger"),
    Rule.CONTACT_MEMORY.value: N_("Minne om hvem som har vært invitert"),
    Rule.QUESTIONS.value: N_("Spørsmål som ikke gjelder et arrangement"),
    Rule.CALENDAR_ANSWERS.value: N_("Svar fra kalendere som ikke gjelder et arrangement"),
    Rule.MESSAGES.value: N_("Meldinger som ikke gjelder et arrangement"),
    Rule.CONTACT_POINT.value: N_("Påmeldte til kontaktpunktet som ikke lenger er med"),
    Rule.OPEN_REQUESTS.value: N_("Påmeldinger uten invitasjon som ingen bekreftet"),
    Rule.PARTNERS.value: N_("Partnere og kontakter som ikke lenger er med"),
    Rule.LETTER_FILES.value: N_("Filer med brev som ingen har bekreftet"),
    Rule.STAGED_EXTRACT.value: N_("Opplastet uttrekk som ikke ble godtatt"),
    Rule.PERSON.value: N_("En person som ba om det"),
    Rule.STAFF_TRACES.value: N_("Utløpte innlogginger og tellere"),
}
