"""`flask register …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("register")
