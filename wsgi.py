"""The server's entry: `granian wsgi:app`, and where the `flask` command finds the application by itself."""

from outreach import create_app
from outreach.settings import Settings

app = create_app(Settings.from_env())
