"""What an admin types about a line."""

import re

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from conversations.web.forms import lines, one_line

LONGEST_REASON = 200
RATE = re.compile(r"(?!0*(?:\.0*)?$)[0-9]{1,4}(?:\.[0-9]{1,2})?$")


class PauseForm(FlaskForm):
    reason = StringField(
        _("Why"),
        description=_("Every agent reads this above their conversations."),
        filters=[one_line],
        validators=[
            DataRequired(_("Say why, so that agents know what is going on.")),
            Length(max=LONGEST_REASON, message=_("Use at most %(max)d characters.")),
        ],
    )


class TeamForm(FlaskForm):
    team = SelectField(
        _("Team"),
        description=_("Conversations that are there already stay where they are."),
        coerce=int,
    )


class PricesForm(FlaskForm):
    """What will do, `texting.pricing` says."""

    prices = TextAreaField(
        _("Price of one SMS"),
        description=_(
            "Such as 0.0075 EUR. More lines for numbers that begin otherwise, such as "
            "+39 0.045 EUR. Empty: nobody is told what a text costs."
        ),
        filters=[lines],
    )


class RateForm(FlaskForm):
    rate = StringField(
        _("Texts a second"),
        description=_(
            "As many as the carrier allows, such as 5 or 0.5. Empty: no limit."
        ),
        filters=[one_line],
        validators=[
            Optional(),
            Regexp(
                RATE,
                message=_(
                    "Type a number from 0.01 to 9999, such as 5 or 0.5. "
                    "To send nothing, pause the line."
                ),
            ),
        ],
    )

    @property
    def texts_a_second(self) -> float | None:
        return float(self.rate.data) if self.rate.data else None
