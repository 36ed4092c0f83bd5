"""What an admin types about agents and teams."""

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
from conversations.models.agent import ROLES
from conversations.web.forms import LONGEST_EMAIL, one_line

ROLE_CHOICES = {role: role.capitalize() for role in ROLES}
NOT_LONGER = "Use at most %(max)d characters."


class Boxes(SelectMultipleField):
    """A box for each choice, all of which may be ticked."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class InvitationForm(FlaskForm):
    email = EmailField(
        "Email",
        description="They sign in with it.",
        filters=[one_line],
        validators=[
            DataRequired("Type their email address."),
            Length(max=LONGEST_EMAIL, message="This is too long for an email address."),
        ],
    )
    name = StringField(
        "Name",
        description="They can change it.",
        filters=[one_line],
        validators=[
            DataRequired("Type their name."),
            Length(max=accounts.LONGEST_NAME, message=NOT_LONGER),
        ],
    )
    role = SelectField(
        "Role",
        description="Admins see all conversations and these pages.",
        choices=ROLE_CHOICES,
    )


class AgentForm(FlaskForm):
    role = SelectField(
        "Role",
        description="Admins see all conversations and these pages.",
        choices=ROLE_CHOICES,
    )
    teams = Boxes("Teams", coerce=int)
    masked = BooleanField("Sees only the last digits of customers' numbers")


class TeamForm(FlaskForm):
    name = StringField(
        "Name",
        filters=[one_line],
        validators=[
            DataRequired("Type a name."),
            Length(max=teams.LONGEST_NAME, message=NOT_LONGER),
        ],
    )


class MembersForm(FlaskForm):
    members = Boxes("Members", coerce=int)
