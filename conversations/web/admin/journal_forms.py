"""What admins type about callbacks: what they look for, and what one really is."""

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
from conversations.web.showing.callbacks import ADDRESSES, OUTCOMES
from conversations.web.showing.wording import MARKS

LONGEST_WORDS = 100
YEARS = range(2000, 2100)
REPORTED = (Status.SENT, Status.DELIVERED, Status.UNDELIVERED, Status.FAILED)

too_long = "Use at most %(max)d characters."


class JournalSearchForm(FlaskForm):
    """It goes into the address, so that a search can be kept and gone back to."""

    class Meta:
        csrf = False

    q = SearchField(
        "Number or words",
        description="Any digits of a number, or words of a text.",
        filters=[one_line],
        validators=[Length(max=LONGEST_WORDS, message=too_long)],
    )
    outcome = SelectField(
        "Outcome",
        default=journal.LOOK_INTO,
        choices={journal.LOOK_INTO: "To look into", journal.ALL: "All", **OUTCOMES},
    )
    address = SelectField("Address", default="", choices={"": "Both", **ADDRESSES})
    since = DateField("From", validators=[Optional()])
    until = DateField("To", validators=[Optional()])

    def validate_since(self, field: DateField) -> None:
        within_reach(field)

    def validate_until(self, field: DateField) -> None:
        within_reach(field)


class TextCorrectionForm(FlaskForm):
    customer = TelField(
        "From",
        description="The customer's number, such as +12025550142.",
        filters=[one_line],
        validators=[
            DataRequired("Type the number that the text came from."),
            Length(max=LONGEST_NUMBER, message="This is too long for a number."),
        ],
    )
    line = SelectField("To our line")
    body = TextAreaField(
        "Text",
        filters=[lines],
        validators=[Length(max=LONGEST_TEXT, message=too_long)],
    )
    provider_id = StringField(
        "Kaleyra's id",
        description="The same id makes it the same text; clear it for a new one.",
        filters=[one_line],
        validators=[Length(max=LONGEST_ID, message=too_long)],
    )


class ReportCorrectionForm(FlaskForm):
    reference = StringField(
        "Our reference",
        description="Or Kaleyra's id below; one of them says which text it is about.",
        filters=[one_line],
        validators=[Length(max=LONGEST_ID, message=too_long)],
    )
    report_id = StringField(
        "Kaleyra's id of our text",
        filters=[one_line],
        validators=[Length(max=LONGEST_ID, message=too_long)],
    )
    status = SelectField(
        "What became of it",
        choices={str(status): MARKS[status].words for status in REPORTED},
    )

    def validate_reference(self, field: StringField) -> None:
        if not field.data and not self.report_id.data:
            raise ValidationError("Type our reference or Kaleyra's id.")


def within_reach(field: DateField) -> None:
    if field.data and field.data.year not in YEARS:
        raise ValidationError("There are no callbacks from that year.")
