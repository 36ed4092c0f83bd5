"""Taking a text: it gets an id, goes on its way, and the answer says so.

"Send Your First SMS", 3. Response Format: Success Response.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from ..account import phone_number, without_plus
from ..callbacks import reports
from ..callbacks.course import Course
from ..line import PracticeLine
from ..texts import Text
from .checks import recipients

ECHOED = ("template_id", "unicode")


def accept(
    line: PracticeLine, fields: Mapping[str, str], course: Course
) -> dict[str, Any]:
    """Take the text to each recipient and return what Kaleyra answers."""
    batch = str(uuid4())
    texts = [
        line.book.add(new_text(line, f"{batch}:{place}", to, fields))
        for place, to in enumerate(recipients(fields["to"]), start=1)
    ]
    answer = success(batch, fields, texts)
    for text in texts:
        reports.follow(line, text, course)
    return answer


def new_text(
    line: PracticeLine, text_id: str, to: str, fields: Mapping[str, str]
) -> Text:
    return Text(
        id=text_id,
        customer=phone_number(to) or to,
        line=line.account.own(fields["sender"]) or fields["sender"],
        body=fields["body"],
        fields=fields,
    )


def success(
    batch: str, fields: Mapping[str, str], texts: Sequence[Text]
) -> dict[str, Any]:
    return {
        "id": batch,
        "sender": fields["sender"],
        "type": fields.get("type") or "DEFAULT",
        **{name: fields[name] for name in ECHOED if name in fields},
        "body": fields["body"],
        "createdDateTime": f"{texts[0].at:%Y-%m-%d %H:%M:%S}+00:00",
        "totalCount": len(texts),
        "data": [
            {"message_id": text.id, "recipient": without_plus(text.customer)}
            for text in texts
        ],
        "dlrurl": None,
        "error": {},
    }
