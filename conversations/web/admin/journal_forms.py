"""What admins type about callbacks: what they look for, and what one really is."""

from functools import partial

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    SearchField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional

from conversations.desk import journal
from conversations.kaleyra.callbacks import LONGEST_ID
from conversations.kaleyra.payload import LONGEST_TEXT
from conversations.texting.status import Status
from conversations.web.forms import LONGEST_NUMBER, lines, one_line
from conversations.web.languages import choices
from conversations.web.showing.callbacks import ADDRESSES, OUTCOMES
from conversations.web.showing.wording import MARKS
from conversations.words import N_

LONGEST_WORDS = 100
YEARS = range(2000, 2100)
REPORTED = (Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.FAILED)

too_long = _("Use at most %(max)d characters.")


TO_LOOK_INTO = {journal.LOOK_INTO: N_("To look into"), journal.ALL: N_("All")}
BOTH = {"": N_("Both")}


class JournalSearchForm(FlaskForm):
    """It goes into the address, so that a search can be kept and gone back to."""

    class Meta:
        csrf = False

    q = SearchField(
        _("Number or words"),
        description=_("Any digits of a number, or words of a text."),
        filters=[one_line],
        validators=[Length(max=LONGEST_WORDS, message=too_long)],
    )
    outcome = SelectField(
        _("Outcome"),
        default=journal.LOOK_INTO,
        choices=partial(choices, TO_LOOK_INTO | OUTCOMES),
    )
    address = SelectField(
        _("Address"), default="", choices=partial(choices, BOTH | ADDRESSES)
    )
    since = DateField(_("From"), validators=[Optional()])
    until = DateField(_("To"), validators=[Optional()])

    def validate_since(self, field: DateField) -> None:
        within_reach(field)

    def validate_until(self, field: DateField) -> None:
        within_reach(field)


class TextCorrectionForm(FlaskForm):
    customer = TelField(
        _("From"),
        description=_("The customer's number, such as +12025550142."),
        filters=[one_line],
        validators=[
            DataRequired(_("Type the number that the text came from.")),
            Length(max=LONGEST_NUMBER, message=_("This is too long for a number.")),
        ],
    )
    line = SelectField(_("To our line"))
    body = TextAreaField(
        _("Text"),
        filters=[lines],
        validators=[Length(max=LONGEST_TEXT, message=too_long)],
    )
    provider_id = StringField(
        _("Kaleyra's id"),
        description=_("The same id makes it the same text; clear it for a new one."),
        filters=[one_line],
        validators=[Length(max=LONGEST_ID, message=too_long)],
    )


class ReportCorrectionForm(FlaskForm):
    reference = StringField(
        _("Our reference"),
        description=_(
            "Or Kaleyra's id below; one of them says which text it is about."
        ),
        filters=[one_line],
        validators=[Length(max=LONGEST_ID, message=too_long)],
    )
    report_id = StringField(
        _("Kaleyra's id of our text"),
        filters=[one_line],
        validators=[Length(max=LONGEST_ID, message=too_long)],
    )
    status = SelectField(
        _("What became of it"),
        choices=partial(
            choices, {str(status): MARKS[status].words for status in REPORTED}
        ),
    )

    def validate_reference(self, field: StringField) -> None:
        if not field.data and not self.report_id.data:
            raise ValidationError(_("Type our reference or Kaleyra's id."))


def within_reach(field: DateField) -> None:
    if field.data and field.data.year not in YEARS:
        raise ValidationError(_("There are no callbacks from that year."))
