"""Passwords: which are good enough, and the slow hashing that proves them.

Hashing takes some 30 ms and 19 MiB on purpose. Never do it inside a write transaction.
"""

import re
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from conversations.words import N_, worded

SHORTEST = 12
LONGEST = 256
FEWEST_DIFFERENT = 5
TOO_SHORT = N_("Use at least {least} characters; a few words in a row do well.")
TOO_LONG = N_("Use at most {most} characters.")
TELLING_PART = 4

# OWASP's parameters for argon2id, and a bound on the memory that sign-ins may take.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
AT_ONCE = BoundedSemaphore(4)

# The hash of a password nobody has, so that an unknown email costs as much as another.
DECOY = (
    "$argon2id$v=19$m=19456,t=2,p=1$7mDZFoiTydlFGB8HJBTuhw"
    "$NdooK+NI3v0uMIC6qHXyGP7PQ0AR6r+dfNXYKLIBD/M"
)

OBVIOUS = re.compile(
    r"(?:pass ?wor[dt]|passphrase|let ?me ?in|welcome|qwert[yz](?:uiop)?|asdfghjkl?|"
    r"admin(?:istrator)?|change ?me|default|secret|i ?love ?you|abc(?:def(?:ghi)?)?|"
    r"monkey|dragon|football|baseball|sunshine|princess|master|login|user|test|root|"
    r"parley|kaleyra|company|summer|winter|spring|autumn|\d|\W|_)+",
    re.IGNORECASE,
)
LOOKALIKES = str.maketrans("013457@$", "oleastas")


def hashed(password: str) -> str:
    with AT_ONCE:
        return HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password; without a hash, no, after the same work."""
    with AT_ONCE:
        try:
            return HASHER.verify(password_hash or DECOY, password) and bool(
                password_hash
            )
        except (VerificationError, InvalidHashError):
            return False


def outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


def fault_in(password: str, email: str) -> str | None:
    """What a person should change about a new password; None when it will do."""
    if len(password) < SHORTEST:
        return worded(TOO_SHORT, least=SHORTEST)
    if len(password) > LONGEST:
        return worded(TOO_LONG, most=LONGEST)
    if tells(email, password):
        return N_("Leave your email address out of your password.")
    if obvious(password) or len(set(password)) < FEWEST_DIFFERENT:
        return N_(
            "This password is among the first that anybody would try. Choose another."
        )
    return None


def obvious(password: str) -> bool:
    """Whether nothing is left of it without what everybody puts into passwords."""
    plain = password.translate(LOOKALIKES)
    return any(OBVIOUS.fullmatch(written) for written in (password, plain))


def tells(email: str, password: str) -> bool:
    """Whether the password gives away the email address, or the part before the @."""
    name = email.casefold().partition("@")[0]
    return len(name) >= TELLING_PART and name in password.casefold()
