"""`flask checkin …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("checkin")
