"""What staff type about their own account."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from outreach.accounts.passwords import LEAST_CHARACTERS, MOST_CHARACTERS
from outreach.web.forms import PageForm


class SignInForm(PageForm):
    """E-mail, password and where to go afterwards."""

    email = EmailField(_("E-post"), validators=[InputRequired(_("Skriv e-postadressen din.")), Length(max=254)])
    password = PasswordField(_("Passord"), validators=[InputRequired(_("Skriv passordet ditt.")), Length(max=1024)])
    next = HiddenField()


class PasswordForm(PageForm):
    """A new password, with the present one to show who asks."""

    present = PasswordField(_("Passordet du har nå"), validators=[InputRequired(_("Skriv passordet du har nå."))])
    new = PasswordField(
        _("Nytt passord"),
        validators=[
            InputRequired(_("Skriv et nytt passord.")),
            Length(
                min=LEAST_CHARACTERS,
                max=MOST_CHARACTERS,
                message=_("Passordet må ha minst %(least)s tegn.", least=LEAST_CHARACTERS),
            ),
        ],
    )
    repeated = PasswordField(
        _("Nytt passord en gang til"),
        validators=[EqualTo("new", _("De to nye passordene er ikke like."))],
    )
