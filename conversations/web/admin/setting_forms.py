"""What an admin types about the desk."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import NumberRange, Optional

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
    give_back = IntegerField(
        _("Minutes late until the owner loses it"),
        description=_(
            "Then the conversation is unassigned again, its thread says so, and the "
            "team is told. Leave it empty to let owners keep what they do not answer."
        ),
        validators=[
            Optional(),
            NumberRange(
                0, settings.LONGEST_GOAL, _("Type a number from %(min)d to %(max)d.")
            ),
        ],
    )


class TagForm(FlaskForm):
    name = StringField(_("New tag"), filters=[one_line])
