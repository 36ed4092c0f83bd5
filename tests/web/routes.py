"""Every address of the pages, filled with ids, for tests that walk them all."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

ELSEWHERE = ("/api/", "/hooks/", "/static/")
# The stream never ends, and signing out would end the walk.
NOT_WALKED = {"/live", "/sign-out"}


def rules(app: Flask, method: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        ours = not rule.rule.startswith(ELSEWHERE) and rule.rule not in NOT_WALKED
        if ours and method in (rule.methods or ()):
            yield rule


def addresses(app: Flask, method: str, **ids: object) -> Iterator[str]:
    """Those that name at least one of `ids` and nothing else."""
    for rule in rules(app, method):
        if rule.arguments and rule.arguments <= ids.keys():
            values = {name: ids[name] for name in rule.arguments}
            yield app.url_map.bind("").build(rule.endpoint, values, method=method)


def plain(app: Flask) -> Iterator[str]:
    """The pages whose addresses name nothing."""
    for rule in rules(app, "GET"):
        if not rule.arguments:
            yield rule.rule
