"""Storage for every capability: engine set-up, the base class, column types and sealed fields. Knows no table."""

from outreach.database.base import Model, db, new_id
from outreach.database.sealed import SealedText, seal, unseal
from outreach.database.statements import run
from outreach.database.types import BigId, KeyedHash, UtcDateTime

__all__ = ["BigId", "KeyedHash", "Model", "SealedText", "UtcDateTime", "db", "new_id", "run", "seal", "unseal"]
