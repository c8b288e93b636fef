"""The guard of a household's own pages: whoever has the invitation's code, with what those pages show of it."""

from functools import partial

from outreach.invitations.access import personal_link
from outreach.rsvp import queries

household_link = partial(personal_link, look=queries.opened)
