"""Agents' accounts: who they are, and the browsers in which they have proved it.

Only the SHA-256 of a browser's token is kept. Passwords are hashed and compared before
a verb here touches the database to write, so no transaction is open meanwhile.
"""

import re
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Select, delete, func, select, update

from conversations.db import db, reading, utcnow
from conversations.desk import passwords
from conversations.models import Agent, Message, SignIn
from conversations.models.agent import ADMIN, ROLES
from conversations.texting import zones
from conversations.words import N_, worded

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32
LONGEST_NAME = 80

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
NOT_CHOSEN = "UTC"
EMAIL_TAKEN = N_("There is already an agent with the email {email}.")
ROLE_IS = N_("The role is one of: {roles}.")
NAME_LENGTH = N_("Type a name of at most {most} characters.")
LAST_ADMIN = N_("There must be an admin left: make somebody else one first.")


class AccountFault(ValueError):
    """What was asked of an account cannot be; the message says why."""


def create_agent(email: str, name: str, role: str, password: str) -> Agent:
    """A new agent, to whom all that is there counts as read.

    Raises `AccountFault` with a sentence for whoever typed this.
    """
    address = email.strip().lower()
    check_new(address, name, role)
    check_password(password, address)
    return add(address, name, role, passwords.hashed(password))


def add(address: str, name: str, role: str, password_hash: str) -> Agent:
    if db.session.scalar(select(Agent.id).where(Agent.email == address)):
        raise AccountFault(worded(EMAIL_TAKEN, email=address))
    agent = Agent(
        email=address,
        name=name.strip(),
        role=role,
        password_hash=password_hash,
        read_before=db.session.scalar(select(func.max(Message.id))) or 0,
    )
    db.session.add(agent)
    db.session.flush()
    return agent


def sign_in(email: str, password: str, time_zone: str = "") -> str | None:
    """The token for one more browser; None unless the password is the agent's.

    Reads on a session of its own, so whatever the caller wrote must be committed.
    `time_zone`, the browser's, is taken over by an agent who has not chosen one.
    """
    with reading():
        agent = enabled_agent(email)
    proven = passwords.matches(agent.password_hash if agent else None, password)
    if agent is None or not proven:
        return None
    renewed = renewed_hash(agent, password)
    here = unchanged(agent)
    if here is None:
        return None
    here.password_hash = renewed or here.password_hash
    if here.time_zone == NOT_CHOSEN and time_zone in time_zones():
        here.time_zone = time_zone
    forget_expired()
    return new_token(agent.id)


def unchanged(agent: Agent) -> Agent | None:
    """The same agent, kept from everybody else until the commit; None when locked out
    or given another password while the one that was typed was compared."""
    same = select(Agent).where(
        Agent.id == agent.id,
        Agent.password_hash == agent.password_hash,
        Agent.disabled_at.is_(None),
    )
    fresh = {"populate_existing": True}
    return db.session.scalar(same.with_for_update(), execution_options=fresh)


def sign_out(token: str) -> None:
    db.session.execute(delete(SignIn).where(SignIn.token_sha256 == fingerprint(token)))


def sign_in_of(token: str) -> SignIn | None:
    """The sign-in behind a browser's token, as long as it holds."""
    found = db.session.get(SignIn, fingerprint(token))
    now = utcnow()
    if found is None or found.agent.disabled:
        return None
    return found if found.expires_at > now and found.seen_at > now - IDLE else None


def agent_for(token: str) -> Agent | None:
    """Who is signed in with this token, if still anybody."""
    found = sign_in_of(token)
    return found.agent if found else None


def note_seen(found: SignIn) -> None:
    """Keep the sign-in from going idle, in a short transaction of its own.

    Not in the request's: that one may be unable to write, and this may not hold it up.
    """
    now = utcnow()
    if now - found.seen_at < NOTED_EVERY:
        return
    here = SignIn.token_sha256 == found.token_sha256
    with db.engine.begin() as connection:
        connection.execute(update(SignIn).where(here).values(seen_at=now))


def change_password(agent: Agent, password: str) -> str:
    """A new password, and the token for this browser; every other is signed out."""
    check_password(password, agent.email)
    password_hash = passwords.hashed(password)
    db.session.get_one(Agent, agent.id).password_hash = password_hash
    db.session.execute(delete(SignIn).where(SignIn.agent_id == agent.id))
    return new_token(agent.id)


def disable(agent: Agent) -> None:
    """Lock the agent out and end every sign-in.

    `owners.put_back_some_of` frees what was theirs.
    """
    agent.disabled_at = utcnow()
    sign_out_everywhere(agent)


def enable(agent: Agent) -> None:
    """Let somebody in again who was locked out, with the password they had."""
    agent.disabled_at = None


def sign_out_everywhere(agent: Agent) -> None:
    db.session.execute(delete(SignIn).where(SignIn.agent_id == agent.id))


def browsers_of(agent: Agent) -> Select[int]:
    """In how many browsers the agent is signed in."""
    now = utcnow()
    holds = (SignIn.expires_at > now) & (SignIn.seen_at > now - IDLE)
    return select(func.count()).where(SignIn.agent_id == agent.id, holds)


def set_role(agent: Agent, role: str) -> None:
    if role not in ROLES:
        raise AccountFault(worded(ROLE_IS, roles=", ".join(ROLES)))
    if role != ADMIN:
        keep_an_admin(agent)
    agent.role = role


def keep_an_admin(agent: Agent) -> None:
    """Somebody must be able to let others in; two who leave at once wait in turn."""
    admins = select(Agent.id).where(Agent.role == ADMIN, Agent.disabled_at.is_(None))
    left = db.session.scalars(admins.order_by(Agent.id).with_for_update()).all()
    if left == [agent.id]:
        raise AccountFault(LAST_ADMIN)


def set_away(agent: Agent, *, away: bool) -> None:
    """New texts for an agent who is away go to nobody in particular."""
    db.session.get_one(Agent, agent.id).away_at = utcnow() if away else None


def agent_named(email: str) -> Agent | None:
    """The agent with this email, disabled or not."""
    return db.session.scalar(select(Agent).where(Agent.email == email.strip().lower()))


def rename(agent: Agent, name: str) -> None:
    check_name(name)
    db.session.get_one(Agent, agent.id).name = name.strip()


def set_time_zone(agent: Agent, time_zone: str) -> None:
    if time_zone not in time_zones():
        raise AccountFault(N_("Choose a time zone from the list."))
    db.session.get_one(Agent, agent.id).time_zone = time_zone


def set_undo_seconds(agent: Agent, seconds: int) -> None:
    """How long this agent's replies wait for second thoughts."""
    db.session.get_one(Agent, agent.id).undo_seconds = seconds


def time_zones() -> frozenset[str]:
    """The IANA names."""
    return zones.known()


def enabled_agent(email: str) -> Agent | None:
    """The agent with this email; a disabled one counts as none."""
    by_email = Agent.email == email.strip().lower()
    return db.session.scalar(select(Agent).where(by_email, Agent.disabled_at.is_(None)))


def renewed_hash(agent: Agent, password: str) -> str | None:
    if passwords.outdated(agent.password_hash):
        return passwords.hashed(password)
    return None


def new_token(agent_id: int) -> str:
    token = token_urlsafe(TOKEN_BYTES)
    expires_at = utcnow() + LONGEST
    db.session.add(
        SignIn(
            token_sha256=fingerprint(token), agent_id=agent_id, expires_at=expires_at
        )
    )
    return token


def forget_expired() -> None:
    now = utcnow()
    over = (SignIn.expires_at < now) | (SignIn.seen_at < now - IDLE)
    db.session.execute(delete(SignIn).where(over))


def fingerprint(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def check_new(email: str, name: str, role: str) -> None:
    if not EMAIL.fullmatch(email):
        raise AccountFault(N_("Type an email address, such as ada@example.com."))
    if role not in ROLES:
        raise AccountFault(worded(ROLE_IS, roles=", ".join(ROLES)))
    check_name(name)


def check_name(name: str) -> None:
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        raise AccountFault(worded(NAME_LENGTH, most=LONGEST_NAME))


def check_password(password: str, email: str) -> None:
    if fault := passwords.fault_in(password, email):
        raise AccountFault(fault)
