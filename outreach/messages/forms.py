"""The form by which staff decide a doubtful message."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf

from outreach.messages.service import MARK_DELIVERED, RESEND


class DecisionForm(FlaskForm):
    """Which of the two buttons was pressed."""

    decision = StringField(validators=[AnyOf((RESEND, MARK_DELIVERED))])
