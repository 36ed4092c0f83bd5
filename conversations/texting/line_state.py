"""Opening and closing a line, with a note of it for admins and for every open page."""

from datetime import datetime, timedelta

from conversations import db as database
from conversations.db import db
from conversations.live import changes
from conversations.models import Line, LineEvent, Team
from conversations.words import N_

PAUSED = "paused"
RESUMED = "resumed"
HELD = "held"
LET_GO = "let_go"
SLOWED = "slowed"
RATE = "rate"
TEAM = "team"
PRICES = "prices"

# Being asked to wait for less than this is everyday business that nobody need hear of.
WORTH_TELLING = timedelta(seconds=30)

GOES_ON = N_("Texts leave again, in order.")
GOT_THROUGH = N_("A text got through, so the line is open again.")
FOR_EVERYBODY = N_("New conversations on it are for everybody.")
FOR_TEAM = N_("New conversations on it are for the team {team}.")
NO_RATE = N_("Texts leave as fast as they can.")
AT_MOST = N_("At most {rate:g} texts a second.")
SLOWER = N_(
    "Kaleyra asked for less. Texts leave half as fast as before, "
    "and a tenth faster each minute."
)
PRICED = N_("What texts cost from now on was set.")
UNPRICED = N_("What texts cost is not known any more.")
AFTERWARDS = N_("Nothing leaves for {seconds} seconds; then it is tried again.")


def pause(line: Line, reason: str, who: str | None = None) -> None:
    """Send nothing from this line until somebody resumes it."""
    if line.paused and who is None:
        return
    line.pause(reason)
    record(line, PAUSED, reason, who)


def resume(line: Line, who: str) -> None:
    """Open the line again, whatever stopped it."""
    if not (line.paused or line.probing or line.held_until or line.slowed_at):
        return
    line.resume()
    record(line, RESUMED, GOES_ON, who)


def hold(line: Line, until: datetime, reason: str) -> None:
    """Send nothing before `until`; told unless it is short or known already."""
    now = database.clock()
    known = line.held(now + WORTH_TELLING / 2)
    line.hold(until, reason)
    if not known and until >= now + WORTH_TELLING - timedelta(seconds=1):
        seconds = round((until - now).total_seconds())
        record(line, HELD, f"{reason} {AFTERWARDS.format(seconds=seconds)}")


def let_go(line: Line) -> None:
    """A call went well: end what the breaker held."""
    line.let_go()
    record(line, LET_GO, GOT_THROUGH)


def slow(line: Line, pace: float, now: datetime) -> None:
    """Go at half of `pace`, in texts a second; told unless it is slow already."""
    known = line.slowed_at is not None
    line.slow(pace, now)
    if not known:
        record(line, SLOWED, SLOWER)


def set_rate(line: Line, rate: float | None, who: str) -> None:
    """At most `rate` texts a second from now on; None for as many as possible."""
    if rate != line.rate:
        line.rate, line.slowed_at = rate, None
        record(line, RATE, AT_MOST.format(rate=rate) if rate else NO_RATE, who)


def set_team(line: Line, team: Team | None, who: str) -> None:
    """Whose the conversations are that begin on it from now on; None: everybody's."""
    team_id = team.id if team else None
    if team_id != line.team_id:
        line.team_id = team_id
        sentence = FOR_TEAM.format(team=team.name) if team else FOR_EVERYBODY
        record(line, TEAM, sentence, who)


def set_prices(line: Line, prices: str, who: str) -> None:
    """What a segment costs from now on, as `pricing.listed` gives it."""
    if prices != line.prices:
        line.prices = prices
        record(line, PRICES, PRICED if prices else UNPRICED, who)


def record(line: Line, what: str, sentence: str, who: str | None = None) -> None:
    """Write down what happened, and let the banners of open pages follow."""
    db.session.add(LineEvent(line_id=line.id, what=what, sentence=sentence, who=who))
    changes.note_lines()
