"""What somebody who makes a review asks for, read from the form."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.desk import days, sampling, views
from conversations.desk.jumping import NOT_A_DAY
from conversations.desk.sampling import Sample
from conversations.texting.consent import Refusal
from conversations.words import N_

DAY = timedelta(days=1)
NOT_A_NUMBER = Refusal(
    "not_a_number", N_("Choose how many conversations, from 1 to 200.")
)


def asked_for(form: Mapping[str, str], zone: ZoneInfo) -> Sample | Refusal:
    since, until = day(form, "since", zone), day(form, "until", zone)
    if isinstance(since, Refusal) or isinstance(until, Refusal):
        return NOT_A_DAY
    count = views.number(form.get("count"))
    if not 0 < count <= sampling.MOST:
        return NOT_A_NUMBER
    return Sample(
        line=views.number(form.get("line")),
        tag=views.number(form.get("tag")),
        owner=views.number(form.get("owner")),
        failed="failed" in form,
        since=since,
        until=until + DAY if until else None,
        count=count,
        random=form.get("draw") != "latest",
    )


def day(
    form: Mapping[str, str], name: str, zone: ZoneInfo
) -> datetime | Refusal | None:
    typed = form.get(name, "")
    return (days.beginning(typed, zone) or NOT_A_DAY) if typed else None
