"""The control: an application that answers without taking what is too large off the wire."""

from outreach import create_app
from outreach.web import oversized

oversized.take_in_vain = lambda _request: None
app = create_app()
