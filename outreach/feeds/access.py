"""The guard of a personal feed: a secret of 131 bits that nobody can guess, in its address."""

from functools import wraps
from typing import Any

from flask import g

from outreach.errors import NotFoundError
from outreach.feeds import queries
from outreach.formats.short_code import MistypedCodeError
from outreach.web.access import View, guarded


def feed_link(view: View) -> Any:
    """Let in who has the code of the path (`token`), and keep the feed as `g.feed`; 404 wrong, 410 stopped."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        try:
            g.feed = queries.by_code(kwargs["token"])
        except MistypedCodeError as error:
            raise NotFoundError from error
        return view(*args, **kwargs)

    return guarded("feed-link")(checked)
