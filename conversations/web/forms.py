"""What people type into pages. A form says what to do; values are parsed later."""

import re
from secrets import token_urlsafe

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from conversations.desk import accounts, passwords
from conversations.texting.clean import clean_text

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
LONGEST_KEY = 64
LONGEST_NUMBER = 60
LONGEST_EMAIL = 255
LONGEST_NAME = 80


def one_line(text: str | None) -> str:
    """Without line breaks and control characters, which no database or header wants."""
    return CONTROLS.sub(" ", clean_text(text or "")).strip()


def lines(text: str | None) -> str:
    """With the line breaks of a phone, not of HTTP, which count double."""
    return clean_text((text or "").replace("\r\n", "\n"))


def query(form: FlaskForm) -> dict[str, str]:
    """A search as it stands in an address, without what is left open."""
    if form.errors:
        return {}
    return {field.name: str(field.data) for field in form if field.data}


class SignInForm(FlaskForm):
    email = EmailField(
        _("Email"),
        filters=[one_line],
        validators=[
            DataRequired(_("Type your email address.")),
            Length(
                max=LONGEST_EMAIL, message=_("This is too long for an email address.")
            ),
        ],
    )
    password = PasswordField(
        _("Password"),
        validators=[
            InputRequired(_("Type your password.")),
            Length(
                max=passwords.LONGEST, message=_("This is too long for a password.")
            ),
        ],
    )
    next = HiddenField()
    time_zone = HiddenField(filters=[one_line])


class AboutMeForm(FlaskForm):
    name = StringField(
        _("Name"),
        description=_("Stands beside every text you send."),
        filters=[one_line],
        validators=[
            DataRequired(_("Type your name.")),
            Length(
                max=accounts.LONGEST_NAME, message=_("Use at most %(max)d characters.")
            ),
        ],
    )
    time_zone = SelectField(
        _("Time zone"),
        description=_("Every time you see is shown in this zone."),
        validate_choice=False,
    )


class ProfileForm(AboutMeForm):
    language = SelectField(_("Language"))
    take_on_reply = BooleanField(_("Take what nobody has when I reply to it"))
    undo_seconds = SelectField(
        _("Undo"),
        description=_("So long a reply waits after Send, in case you think again."),
        coerce=int,
    )


class PasswordForm(FlaskForm):
    current = PasswordField(
        _("Current password"),
        validators=[InputRequired(_("Type your current password."))],
    )
    new = PasswordField(
        _("New password"),
        description=_(
            "At least %(least)d characters. A few words do well.",
            least=passwords.SHORTEST,
        ),
        validators=[InputRequired(_("Choose a new password."))],
    )
    again = PasswordField(
        _("New password again"),
        validators=[EqualTo("new", message=_("The two new passwords differ."))],
    )


class JoiningForm(AboutMeForm):
    """What an invited person chooses before their first day."""

    new = PasswordField(
        _("Password"),
        description=_(
            "At least %(least)d characters. A few words do well.",
            least=passwords.SHORTEST,
        ),
        validators=[InputRequired(_("Choose a password."))],
    )
    again = PasswordField(
        _("Password again"),
        validators=[EqualTo("new", message=_("The two passwords differ."))],
    )


class ReplyForm(FlaskForm):
    """`key` makes a double click one text; whether the body will do, `sending` says."""

    body = TextAreaField(_("Message"), filters=[lines])
    key = HiddenField(default=token_urlsafe, validators=[Length(max=LONGEST_KEY)])


class NoteForm(FlaskForm):
    """A note to colleagues. Its field has a name of its own, so that no form that texts
    ever takes what was written as a note."""

    note = TextAreaField(_("Note"), filters=[lines])
    note_key = HiddenField(default=token_urlsafe, validators=[Length(max=LONGEST_KEY)])


class SavedReplyForm(FlaskForm):
    """What will do, `desk.saved_replies` says."""

    shortcut = StringField(
        _("Word"),
        description=_("What one types after the slash, such as open."),
        filters=[one_line],
    )
    title = StringField(_("Title"), filters=[one_line])
    body = TextAreaField(
        _("Reply"),
        description=_(
            "{name}, {first_name}, {agent} and {line} fill themselves in. "
            "Others, such as {amount} or {___}, are filled in before sending."
        ),
        filters=[lines],
    )

    def typed(self) -> tuple[str, str, str]:
        """The word, the title and the reply."""
        shortcut = (self.shortcut.data or "").lower().removeprefix("/")
        return shortcut, self.title.data or "", self.body.data or ""


class NewConversationForm(ReplyForm):
    number = TelField(
        _("Phone number"),
        description=_("With + and the country code, such as +12025550142."),
        filters=[one_line],
        validators=[
            Length(max=LONGEST_NUMBER, message=_("This is too long for a number."))
        ],
    )
    line = SelectField(_("From"), coerce=int)


class NameForm(FlaskForm):
    name = StringField(
        _("Name"),
        filters=[one_line],
        validators=[
            Length(max=LONGEST_NAME, message=_("Use at most %(max)d characters."))
        ],
    )
    next = HiddenField()
