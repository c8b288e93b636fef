"""`flask invitations …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("invitations")
