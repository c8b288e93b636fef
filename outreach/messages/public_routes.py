"""The page on which whoever got an e-mail says no to the next one.

Opening it changes nothing, since mail scanners open every link; only the button does, or the mail program's own
"unsubscribe" (RFC 8058: a POST that needs no page). It shows no address: the link may have been forwarded.
"""

from flask import g, render_template, request

from outreach import clock
from outreach.messages.access import is_one_click, unsubscribe_link
from outreach.messages.blueprint import blueprint
from outreach.messages.topic import topic_of
from outreach.messages.wishes import service

__all__ = ["blueprint"]

_EVERYTHING = "alt"


@blueprint.get("/avmeld/<token>")
@unsubscribe_link
def ask_to_unsubscribe(token: str) -> str:
    """Ask what not to send."""
    return _page(token, is_done=False)


@blueprint.post("/avmeld/<token>")
@unsubscribe_link
def unsubscribe(token: str) -> str:
    """Write no more, and say so. Answers with the page itself, since a one-click must not be redirected."""
    everything = not is_one_click() and request.form.get("hva") == _EVERYTHING
    service.unsubscribe(g.wish, everything=everything, now=clock.now_utc())
    return _page(token, is_done=True, everything=everything)


def _page(token: str, *, is_done: bool, everything: bool = False) -> str:
    topic = topic_of(g.wish.topic)
    return render_template(
        "messages/unsubscribe.html", token=token, is_done=is_done, everything=everything, topic=topic
    )
