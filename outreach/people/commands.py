"""`flask people …`."""

from outreach.web.commands import CommandGroup

group = CommandGroup("people")
