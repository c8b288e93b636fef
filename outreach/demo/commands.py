"""`flask demo …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("demo")
