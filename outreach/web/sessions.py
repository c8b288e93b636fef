"""Browser sessions in signed cookies, as Flask keeps them; a request without a cookie costs nothing.

Phones at the door, calendars and scanners of links send none, and building the signer for nobody took longer than
finding their view.
"""

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer


class CookieSessions(SecureCookieSessionInterface):
    """Flask's own sessions, with nothing done for a request that neither brings nor leaves one.

    The signer is made once: the keys of an application do not change while it runs.
    """

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs the cookies of `app`."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of the request's cookie; a new, empty one without a cookie."""
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Put the session on the answer when somebody looked at it or changed it."""
        if session or session.accessed or session.modified:
            super().save_session(app, session, response)
