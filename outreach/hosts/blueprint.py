"""The blueprint that every view of this capability hangs on; paths are written whole at the view."""

from flask import Blueprint

blueprint = Blueprint("hosts", __name__)
