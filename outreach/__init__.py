"""Treffpunkt: from a population-register extract to scanned guests, a funnel, and personal data that is gone.

The walk of the data, one folder a step: register (an extract becomes accepted rows) → people (persons, households,
protection) → events → partners → audience (a segment frozen with reasons) → invitations (who is asked, who is left out
and why) → messages (letters, e-mail, SMS through the outbox) → rsvp (an answer takes a seat) → tickets → checkin (scans
are facts) → reports (a funnel that adds up) → retention (erased, with a receipt). A module imports only from its own
folder or an earlier one; `tests/test_architecture.py` holds the order.
"""

from outreach.factory import create_app

__all__ = ["create_app"]
