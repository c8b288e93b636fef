"""The blueprint of personal feeds."""

from flask import Blueprint

blueprint = Blueprint("feeds", __name__)
