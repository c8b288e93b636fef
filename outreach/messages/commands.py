"""`flask messages …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("messages")
