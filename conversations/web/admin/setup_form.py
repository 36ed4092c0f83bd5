"""What an admin types to see a text go out: the number of their own phone."""

from secrets import token_urlsafe

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TelField
from wtforms.validators import DataRequired, Length

from conversations.web.forms import LONGEST_KEY, LONGEST_NUMBER, one_line


class SetupForm(FlaskForm):
    """`key` makes a double click one text."""

    number = TelField(
        _("Number of your own phone"),
        description=_("With + and the country code, such as +12025550142."),
        filters=[one_line],
        validators=[
            DataRequired(_("Type the number of your phone.")),
            Length(max=LONGEST_NUMBER, message=_("This is too long for a number.")),
        ],
    )
    line = SelectField(_("From"), coerce=int)
    key = HiddenField(default=token_urlsafe, validators=[Length(max=LONGEST_KEY)])
