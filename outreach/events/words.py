"""What kinds, states and cities of events are called: bokmål source texts."""

from outreach.errors import N_
from outreach.events.event import Brings, City, Kind, State

KIND_WORDS = {
    Kind.NY_I_MODUM: N_("Ny i Modum-kveld"),
    Kind.MEETUP: N_("Treff i en studieby"),
    Kind.GATHERING: N_("Samling hjemme i Modum"),
}
STATE_WORDS = {State.DRAFT: N_("Kladd"), State.PUBLISHED: N_("Publisert"), State.CANCELLED: N_("Avlyst")}
BRINGS_WORDS = {
    Brings.NOBODY: N_("Ingen. Bare de som er invitert"),
    Brings.CHILDREN: N_("Barn som ikke står på lista"),
    Brings.ANYBODY: N_("Barn og voksne som ikke står på lista"),
}
CITY_WORDS = {City.MODUM: "Modum", City.OSLO: "Oslo", City.BERGEN: "Bergen", City.TRONDHEIM: "Trondheim"}
