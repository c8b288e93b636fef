"""The baselines of the request figures: an empty Flask page, and a Flask request that adds one to a shared counter.

The counter goes through the same engine set-up as the application (pragmas, BEGIN IMMEDIATE, driver), so that only what
the application does on top is compared.
"""

from flask import Flask
from sqlalchemy import create_engine, text

from outreach.database.engine import engine_options, prepare_engine
from outreach.settings import Settings

app = Flask(__name__)
_url = Settings.from_env().database_url
engine = create_engine(_url.replace("postgresql://", "postgresql+psycopg://", 1), **engine_options(_url))
prepare_engine(engine)


@app.get("/")
@app.get("/healthz")
def empty() -> str:
    """Answer nothing."""
    return ""


@app.post("/count")
def count() -> str:
    """Add one and commit."""
    with engine.begin() as connection:
        connection.execute(text("update shared_counter set n = n + 1"))
    return ""
