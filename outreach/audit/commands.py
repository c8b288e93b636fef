"""`flask audit …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("audit")
