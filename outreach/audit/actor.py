"""Who did it. In: a kind and, where there is a record of the actor, its id. Never a name or an address."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """The one who acts. `kind`: staff, device, guest, partner, host, command or system; `id`: its record, if any."""

    kind: str
    id: int | None = None


SYSTEM = Actor("system")
COMMAND = Actor("command")
GUEST = Actor("guest")
PARTNER = Actor("partner")
HOST = Actor("host")
