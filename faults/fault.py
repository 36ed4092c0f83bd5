"""A fault: one thing that goes wrong, in a function whose docstring says it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faults.scene import Scene


class Skipped(Exception):
    """This fault cannot be made here; the words say why."""


Inject = Callable[["Scene"], None]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`explains` holds the failure codes this fault leaves texts unconfirmed with, and
    `fails` those it makes them fail with; any other is a promise broken. `only` names
    the kind of database it can happen to."""

    name: str
    sentence: str
    inject: Inject
    explains: frozenset[str] = frozenset()
    fails: frozenset[str] = frozenset()
    only: str | None = None
    settings: Mapping[str, object] = field(default_factory=dict)


def fault(
    *,
    explains: Iterable[str] = (),
    fails: Iterable[str] = (),
    only: str | None = None,
    **settings: object,
) -> Callable[[Inject], Fault]:
    """Make a fault of the function below; its name is the fault's."""

    def made(inject: Inject) -> Fault:
        return Fault(
            name=inject.__name__.replace("_", "-"),
            sentence=(inject.__doc__ or "").partition("\n")[0],
            inject=inject,
            explains=frozenset(explains),
            fails=frozenset(fails),
            only=only,
            settings=settings,
        )

    return made
