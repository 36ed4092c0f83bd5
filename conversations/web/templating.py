"""What templates may call by name, besides what Flask gives them."""

from collections.abc import Mapping

from flask import Flask, request

from conversations.desk import preferences, views
from conversations.models import Agent
from conversations.web import assets
from conversations.web.entrance.access import config
from conversations.web.showing import counter, people, refusals, shortcuts, times


def init_app(app: Flask) -> None:
    env, here = app.jinja_env, assets.of(app)
    env.trim_blocks = env.lstrip_blocks = True
    env.filters["number"] = people.number
    env.filters["moment"] = times.moment
    env.globals.update(
        asset=here.address,
        modules=here.modules,
        sprite=here.address("icons/sprite.svg"),
        practice_phone=practice_phone,
        counter_words=counter.for_script,
        kept=kept,
        durations=times.for_script,
        told_here=refusals.told_here,
        shortcuts=shortcuts,
        single_keys=single_keys,
    )


def kept() -> Mapping[str, str]:
    """The view of the list, as addresses on the page carry it on."""
    return views.asked_for(request.args).filters


def practice_phone() -> str | None:
    """Where the practice phone is, seen from the browser that asks."""
    port = config().practice_port
    host = request.host.rpartition(":")[0] or request.host
    return f"http://{host}:{port}/" if port else None


def single_keys(me: Agent) -> bool:
    """Whether single letters do things for this agent."""
    return preferences.chosen(me, preferences.SINGLE_KEYS, unless_said=True)
