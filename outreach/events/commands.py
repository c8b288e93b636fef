"""`flask events …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("events")
