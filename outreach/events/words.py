"""What kinds, states and cities of events are called: bokmål source texts."""

from outreach.errors import N_
from outreach.events.event import City, Kind, State

KIND_WORDS = {
    Kind.NY_I_MODUM: N_("Ny i Modum-kveld"),
    Kind.MEETUP: N_("Treff i en studieby"),
    Kind.GATHERING: N_("Samling hjemme i Modum"),
}
STATE_WORDS = {State.DRAFT: N_("Kladd"), State.PUBLISHED: N_("Publisert"), State.CANCELLED: N_("Avlyst")}
CITY_WORDS = {City.MODUM: "Modum", City.OSLO: "Oslo", City.BERGEN: "Bergen", City.TRONDHEIM: "Trondheim"}
