"""`flask reports …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("reports")
