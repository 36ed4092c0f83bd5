"""What an admin types about agents and teams."""

from functools import partial

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    SelectField,
    SelectMultipleField,
    StringField,
    widgets,
)
from wtforms.validators import DataRequired, Length

from conversations.desk import accounts, teams
from conversations.web.forms import LONGEST_EMAIL, one_line
from conversations.web.languages import choices
from conversations.web.showing.agents import ROLES

ROLE_CHOICES = partial(choices, ROLES)
ROLE_HINT = _(
    "Supervisors also review conversations. Admins see them all, and these pages."
)
NOT_LONGER = _("Use at most %(max)d characters.")


class Boxes(SelectMultipleField):
    """A box for each choice, all of which may be ticked."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class InvitationForm(FlaskForm):
    email = EmailField(
        _("Email"),
        description=_("They sign in with it."),
        filters=[one_line],
        validators=[
            DataRequired(_("Type their email address.")),
            Length(
                max=LONGEST_EMAIL, message=_("This is too long for an email address.")
            ),
        ],
    )
    name = StringField(
        _("Name"),
        description=_("They can change it."),
        filters=[one_line],
        validators=[
            DataRequired(_("Type their name.")),
            Length(max=accounts.LONGEST_NAME, message=NOT_LONGER),
        ],
    )
    role = SelectField(
        _("Role"),
        description=ROLE_HINT,
        choices=ROLE_CHOICES,
    )
    teams = Boxes(_("Teams"), coerce=int)


class AgentForm(FlaskForm):
    role = SelectField(
        _("Role"),
        description=ROLE_HINT,
        choices=ROLE_CHOICES,
    )
    teams = Boxes(_("Teams"), coerce=int)
    masked = BooleanField(_("Sees only the last digits of customers' numbers"))


class TeamForm(FlaskForm):
    name = StringField(
        _("Name"),
        filters=[one_line],
        validators=[
            DataRequired(_("Type a name.")),
            Length(max=teams.LONGEST_NAME, message=NOT_LONGER),
        ],
    )


class MembersForm(FlaskForm):
    members = Boxes(_("Members"), coerce=int)
