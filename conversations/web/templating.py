"""What templates may call by name: addresses that rows repeat, and the practice phone.

The short addresses are built by hand, because a page of rows needs a hundred of them.
"""

from flask import Flask, request

from conversations.web import assets
from conversations.web.entrance.access import config
from conversations.web.showing import counter, people


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.filters["number"] = people.number
    env.globals.update(
        asset=assets.address,
        sprite=lambda: assets.address("icons/sprite.svg"),
        conversations_at=lambda: f"{request.script_root}/conversations",
        messages_at=lambda: f"{request.script_root}/messages",
        practice_phone=practice_phone,
        counter_words=counter.FOR_SCRIPT,
    )


def practice_phone() -> str | None:
    """Where the practice phone is, seen from the browser that asks."""
    port = config().practice_port
    host = request.host.rpartition(":")[0] or request.host
    return f"http://{host}:{port}/" if port else None
