"""Inviting: an admin's word that somebody may become an agent, by a link used once.

Only the SHA-256 of the link's token is kept, so the link can be shown once and no more.
"""

import json
from collections.abc import Collection
from datetime import timedelta
from secrets import token_urlsafe

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.exc import IntegrityError

from conversations.db import change, db, utcnow
from conversations.desk import accounts, teams
from conversations.desk.accounts import TOKEN_BYTES, AccountFault, fingerprint
from conversations.models import Agent, Invitation
from conversations.models.agent import ADMIN
from conversations.words import N_, worded

VALID_FOR = timedelta(days=3)

OVER = N_("This invitation was used, withdrawn, or is too old. Ask for a new one.")


def invite(
    email: str, name: str, role: str, by: Agent, team_ids: Collection[int] = ()
) -> str:
    """The token of the link for whoever has this email; an earlier link is void.

    Raises `AccountFault` with a sentence for whoever typed this.
    """
    address = email.strip().lower()
    accounts.check_new(address, name, role)
    if accounts.agent_named(address):
        raise AccountFault(worded(accounts.EMAIL_TAKEN, email=address))
    db.session.execute(delete(Invitation).where(Invitation.email == address))
    token = token_urlsafe(TOKEN_BYTES)
    db.session.add(
        Invitation(
            token_sha256=fingerprint(token),
            email=address,
            name=name.strip(),
            role=role,
            teams=json.dumps(list(team_ids)),
            invited_by_id=by.id,
            expires_at=utcnow() + VALID_FOR,
        )
    )
    return token


def of(token: str) -> Invitation | None:
    """The invitation behind a link, while it and the word of its admin are good."""
    good = select(Invitation).where(
        Invitation.token_sha256 == fingerprint(token),
        Invitation.used_at.is_(None),
        Invitation.expires_at > utcnow(),
        by_an_admin(),
    )
    return db.session.scalar(good)


def by_an_admin() -> ColumnElement[bool]:
    """Whoever invited is one still; what they said as one is void otherwise."""
    admins = select(Agent.id).where(Agent.role == ADMIN, Agent.disabled_at.is_(None))
    return Invitation.invited_by_id.in_(admins)


def accept(token: str, name: str, password: str, time_zone: str) -> str:
    """Make the agent and sign in the browser they are at; its token.

    Raises `AccountFault` with a sentence for whoever opened the link. Hashing the
    password comes first, and the link is used up only with the agent made.
    """
    invitation = of(token)
    if invitation is None:
        raise AccountFault(OVER)
    email, role = invitation.email, invitation.role
    team_ids = json.loads(invitation.teams)
    # Nothing may be held while a password is hashed, which takes a while.
    db.session.rollback()
    try:
        agent = accounts.create_agent(email, name, role, password)
    except IntegrityError as error:
        raise AccountFault(OVER) from error
    teams.set_teams(agent, team_ids)
    if time_zone:
        accounts.set_time_zone(agent, time_zone)
    use_up(token)
    return accounts.new_token(agent.id)


def use_up(token: str) -> None:
    here = Invitation.token_sha256 == fingerprint(token)
    unused = Invitation.used_at.is_(None)
    if not change(Invitation, here, unused, by_an_admin(), used_at=utcnow()):
        raise AccountFault(OVER)


def withdraw(email: str) -> None:
    """Whoever has the link can do nothing with it any more."""
    unused = Invitation.used_at.is_(None)
    db.session.execute(delete(Invitation).where(Invitation.email == email, unused))


def waiting() -> Select[Invitation]:
    """Those that were not used yet, also when they are too old by now."""
    return (
        select(Invitation)
        .where(Invitation.used_at.is_(None))
        .order_by(Invitation.created_at)
    )
