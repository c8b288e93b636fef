"""How staff read the waiting list: bokmål source texts for states, what freed places, how it is told. Pure."""

from outreach.errors import N_
from outreach.rsvp.waitlist.offer_times import ToldBy
from outreach.rsvp.waitlist.queue_order import PlaceState, Why

STATE_WORDS: dict[str, str] = {
    PlaceState.WAITING.value: N_("Venter"),
    PlaceState.OFFERED.value: N_("Har fått tilbud"),
    PlaceState.EXPIRED.value: N_("Tilbudet gikk ut"),
    PlaceState.SEATED.value: N_("Har fått plass"),
    PlaceState.LEFT.value: N_("Har gått ut av lista"),
}
# Each says of whom (%(who)s) and when (%(when)s), or only when.
FREED_WORDS: dict[str, str] = {
    Why.CANCELLED.value: N_("Frigjort da %(who)s meldte avbud %(when)s"),
    Why.FEWER.value: N_("Frigjort da %(who)s ble færre %(when)s"),
    Why.TURNED_DOWN.value: N_("Frigjort da %(who)s sa nei takk %(when)s"),
    Why.EXPIRED.value: N_("Frigjort da tilbudet til %(who)s gikk ut %(when)s"),
    Why.ERASED.value: N_("Frigjort da en husstand gikk ut av lista %(when)s"),
    Why.ROOM.value: N_("Det ble plass %(when)s"),
}
TOLD_WORDS: dict[str, str] = {
    ToldBy.EMAIL.value: N_("E-post"),
    ToldBy.SMS.value: N_("SMS"),
    ToldBy.PHONE.value: N_("Må ringes"),
}
# States of a message in which nobody can rely on the household having heard.
NOT_TOLD = frozenset({"failed", "bounced", "withheld", "uncertain"})
