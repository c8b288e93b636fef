"""`flask staff …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("staff")
