"""`flask retention …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("retention")
