"""What an admin types about the desk."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import NumberRange

from conversations.desk import settings
from conversations.web.forms import one_line


class GoalForm(FlaskForm):
    minutes = IntegerField(
        _("Minutes until a customer has an answer"),
        description=_(
            "Who waits longer is shown as late, in the list and in the thread."
        ),
        validators=[
            NumberRange(
                1, settings.LONGEST_GOAL, _("Type a number from %(min)d to %(max)d.")
            )
        ],
    )


class TagForm(FlaskForm):
    name = StringField(_("New tag"), filters=[one_line])
