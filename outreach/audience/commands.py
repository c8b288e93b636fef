"""`flask audience …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("audience")
