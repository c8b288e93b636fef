"""What staff read in the outbox: bokmål source texts for channels, states and reasons. Pure."""

from outreach.errors import N_
from outreach.outbox.states import Channel, Reason, State

CHANNEL_WORDS: dict[str, str] = {
    Channel.LETTER.value: N_("Brev"),
    Channel.SVARUT.value: N_("SvarUt"),
    Channel.EMAIL.value: N_("E-post"),
    Channel.SMS.value: N_("SMS"),
}
STATE_WORDS: dict[str, str] = {
    State.QUEUED.value: N_("I kø"),
    State.CLAIMED.value: N_("Sendes nå"),
    State.HANDED_OVER.value: N_("Sendt"),
    State.DELIVERED.value: N_("Framme"),
    State.FAILED.value: N_("Feilet"),
    State.BOUNCED.value: N_("Kom i retur"),
    State.WITHHELD.value: N_("Holdt tilbake"),
    State.UNCERTAIN.value: N_("Usikkert"),
}
REASON_WORDS: dict[str, str] = {
    "": "",
    Reason.PROTECTED.value: N_("Håndteres manuelt"),
    Reason.ERASED.value: N_("Opplysningene er slettet"),
    Reason.SUPPRESSED.value: N_("Vil ikke ha meldinger fra oss"),
    Reason.REVOKED.value: N_("Invitasjonen er trukket tilbake"),
    Reason.EVENT_CANCELLED.value: N_("Arrangementet er avlyst"),
    Reason.EVENT_OVER.value: N_("Arrangementet er over"),
    Reason.TOO_LATE.value: N_("Skulle vært sendt for lenge siden"),
    Reason.MOVED_AWAY.value: N_("Har flyttet eller er død"),
    Reason.NO_ADDRESS.value: N_("Mangler adresse"),
    Reason.REPLACED.value: N_("Erstattet av en nyere melding"),
    Reason.ANSWERED.value: N_("Har svart"),
    Reason.NOT_WANTED.value: N_("Vil høre om annet, eller på en annen måte"),
    Reason.NOT_COMING.value: N_("Kommer ikke"),
    Reason.SWAPPED.value: N_("Har byttet til et annet sted"),
    Reason.PAUSED.value: N_("På pause"),
    Reason.CALLED_OFF.value: N_("Utsendingen er stoppet"),
    Reason.NO_COMPOSER.value: N_("Meldingstypen finnes ikke lenger"),
    Reason.CANNOT_COMPOSE.value: N_("Meldingen kunne ikke lages"),
    Reason.REFUSED.value: N_("Ble avvist av tjenesten som skulle levere"),
    Reason.GAVE_UP.value: N_("Ga opp etter mange forsøk"),
    Reason.TEMPORARY.value: N_("Prøver igjen snart"),
    Reason.DECIDED_DELIVERED.value: N_("Avgjort av en ansatt"),
    Reason.DECIDED_DROP.value: N_("Sendes ikke, avgjort av en ansatt"),
    Reason.BOUNCED_PERMANENT.value: N_("Kunne ikke leveres"),
    Reason.BOUNCED_TEMPORARY.value: N_("Kunne ikke leveres i tide"),
    Reason.DECIDED_RESEND.value: N_("Sendes på nytt etter ønske fra en ansatt"),
    Reason.NOT_REGISTERED.value: N_("Kan ikke nås gjennom kontaktregisteret"),
    Reason.REJECTED.value: N_("Avvist av SvarUt"),
    Reason.NEW_ADDRESS.value: N_("Sendes på nytt til en annen adresse"),
}
