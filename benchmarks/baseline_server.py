"""Makes the counter of `baseline_app.py` in a site's database; that module opens its own database on import."""

from sqlalchemy import text

from benchmarks.site import Site
from outreach.database import db

TARGET = "benchmarks.baseline_app:app"


def make_counter(place: Site) -> None:
    """Make the table with its one row."""
    with place.app.app_context(), db.engine.begin() as connection:
        connection.execute(text("create table shared_counter (n bigint not null)"))
        connection.execute(text("insert into shared_counter (n) values (0)"))
