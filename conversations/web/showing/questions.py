"""What an admin is asked before something is done that is hard to take back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from conversations.models import Agent, Team
from conversations.models.agent import ADMIN, SUPERVISOR


@dataclass(frozen=True)
class Question:
    """`consequences` are sentences; `back` is where somebody goes who is not sure."""

    title: str
    consequences: Sequence[str]
    button: str
    back: str


def disabling(agent: Agent, back: str) -> Question:
    return Question(
        _("Disable %(name)s?", name=agent.name),
        (
            _(
                "%(name)s is signed out everywhere and cannot sign in any more.",
                name=agent.name,
            ),
            _("Open conversations of theirs are unassigned again."),
            _("What they wrote keeps their name."),
        ),
        _("Disable %(name)s", name=agent.name),
        back,
    )


def enabling(agent: Agent, back: str) -> Question:
    return Question(
        _("Let %(name)s in again?", name=agent.name),
        (
            _(
                "%(name)s can sign in again, with the password they had.",
                name=agent.name,
            ),
        ),
        _("Let %(name)s in", name=agent.name),
        back,
    )


def signing_out(agent: Agent, back: str) -> Question:
    return Question(
        _("Sign %(name)s out everywhere?", name=agent.name),
        (_("Every browser they are signed in with asks for their password again."),),
        _("Sign %(name)s out", name=agent.name),
        back,
    )


def changing(agent: Agent, changes: Sequence[str], back: str) -> Question:
    return Question(
        _("Change %(name)s?", name=agent.name),
        changes,
        _("Change %(name)s", name=agent.name),
        back,
    )


def withdrawing(email: str, back: str) -> Question:
    return Question(
        _("Withdraw the invitation of %(email)s?", email=email),
        (_("The link that was made for them does nothing any more."),),
        _("Withdraw it"),
        back,
    )


def archiving(team: Team, conversations: int, back: str) -> Question:
    return Question(
        _("Archive %(name)s?", name=team.name),
        (
            _(
                "No conversation can be given to it, and new ones on its lines are for "
                "everybody."
            ),
            ngettext(
                "Its members go on seeing what it has now: %(many)s conversation.",
                "Its members go on seeing what it has now: %(many)s conversations.",
                conversations,
                many=format_decimal(conversations),
            ),
        ),
        _("Archive %(name)s", name=team.name),
        back,
    )


def role_changes(agent: Agent, role: str) -> list[str]:
    name = agent.name
    if role == ADMIN:
        return [
            _(
                "%(name)s becomes an admin: they see all conversations, whole numbers "
                "and these pages.",
                name=name,
            )
        ]
    changes = []
    if agent.admin:
        changes.append(
            _(
                "%(name)s is an admin no more: they see what has no team, what their "
                "teams have and what is theirs.",
                name=name,
            )
        )
    if role == SUPERVISOR:
        said = _("%(name)s can review the conversations that they may see.", name=name)
        changes.append(said)
    elif agent.role == SUPERVISOR:
        changes.append(_("%(name)s reviews no conversations any more.", name=name))
    return changes


def team_changes(
    agent: Agent, before: Iterable[int], after: Iterable[int], teams: Iterable[Team]
) -> list[str]:
    names = {team.id: team.name for team in teams}
    old, new = set(before), set(after)
    joined = [
        _(
            "%(name)s joins %(team)s and sees its conversations.",
            name=agent.name,
            team=names[id],
        )
        for id in sorted(new - old)
    ]
    return joined + [
        _(
            "%(name)s leaves %(team)s and sees no more of its conversations than "
            "those they own.",
            name=agent.name,
            team=names[id],
        )
        for id in sorted(old - new)
    ]


def masking(agent: Agent, *, masked: bool) -> str:
    if masked:
        return _(
            "%(name)s sees only the last digits of customers' numbers.", name=agent.name
        )
    return _("%(name)s sees customers' whole numbers.", name=agent.name)


def member_changes(
    team: Team,
    before: Iterable[int],
    after: Iterable[int],
    agents: Mapping[int, Agent],
) -> list[str]:
    old, new = set(before), set(after)
    changed = [agents[id] for id in sorted(old ^ new) if id in agents]
    return [
        sentence
        for each in changed
        for sentence in team_changes(
            each, old & {each.id} and [team.id], new & {each.id} and [team.id], [team]
        )
    ]


def membership(team: Team, changes: Sequence[str], back: str) -> Question:
    return Question(
        _("Change who is in %(name)s?", name=team.name),
        changes,
        _("Change the members"),
        back,
    )


def removing_review(title: str, back: str) -> Question:
    return Question(
        _("Remove “%(title)s”?", title=title),
        (
            _("Its verdicts and comments are gone for good."),
            _("The conversations stay as they are."),
        ),
        _("Remove it"),
        back,
    )
