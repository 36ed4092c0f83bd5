"""What an admin is asked before something is done that is hard to take back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conversations.models import Agent, Team


@dataclass(frozen=True)
class Question:
    """`consequences` are sentences; `back` is where somebody goes who is not sure."""

    title: str
    consequences: Sequence[str]
    button: str
    back: str


def disabling(agent: Agent, back: str) -> Question:
    return Question(
        f"Disable {agent.name}?",
        (
            f"{agent.name} is signed out everywhere and cannot sign in any more.",
            "Open conversations of theirs are unassigned again.",
            "What they wrote keeps their name.",
        ),
        f"Disable {agent.name}",
        back,
    )


def enabling(agent: Agent, back: str) -> Question:
    return Question(
        f"Let {agent.name} in again?",
        (f"{agent.name} can sign in again, with the password they had.",),
        f"Let {agent.name} in",
        back,
    )


def signing_out(agent: Agent, back: str) -> Question:
    return Question(
        f"Sign {agent.name} out everywhere?",
        ("Every browser they are signed in with asks for their password again.",),
        f"Sign {agent.name} out",
        back,
    )


def changing(agent: Agent, changes: Sequence[str], back: str) -> Question:
    return Question(f"Change {agent.name}?", changes, f"Change {agent.name}", back)


def withdrawing(email: str, back: str) -> Question:
    return Question(
        f"Withdraw the invitation of {email}?",
        ("The link that was made for them does nothing any more.",),
        "Withdraw it",
        back,
    )


def archiving(team: Team, conversations: int, back: str) -> Question:
    return Question(
        f"Archive {team.name}?",
        (
            "No conversation can be given to it, and new ones on its lines are for "
            "everybody.",
            f"Its members go on seeing what it has now: {conversations:,} "
            f"{'conversation' if conversations == 1 else 'conversations'}.",
        ),
        f"Archive {team.name}",
        back,
    )


def role_change(agent: Agent, *, to_admin: bool) -> str:
    if to_admin:
        return (
            f"{agent.name} becomes an admin: they see all conversations, whole numbers "
            "and these pages."
        )
    return (
        f"{agent.name} is an admin no more: they see what has no team, what their "
        "teams have and what is theirs."
    )


def team_changes(
    agent: Agent, before: Iterable[int], after: Iterable[int], teams: Iterable[Team]
) -> list[str]:
    names = {team.id: team.name for team in teams}
    old, new = set(before), set(after)
    joined = [
        f"{agent.name} joins {names[id]} and sees its conversations."
        for id in sorted(new - old)
    ]
    return joined + [
        f"{agent.name} leaves {names[id]} and sees no more of its conversations than "
        "those they own."
        for id in sorted(old - new)
    ]


def masking(agent: Agent, *, masked: bool) -> str:
    if masked:
        return f"{agent.name} sees only the last digits of customers' numbers."
    return f"{agent.name} sees customers' whole numbers."


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
        f"Change who is in {team.name}?", changes, "Change the members", back
    )
