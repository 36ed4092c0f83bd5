"""What is news to the agent, for a page that heard of changes; and what they choose."""

from collections.abc import Iterable

from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from conversations.db import db, utcnow
from conversations.desk import news, preferences
from conversations.models import Conversation, Message
from conversations.web.addresses import position, positions
from conversations.web.entrance.access import agent, guard
from conversations.web.showing.news import notice

bp = Blueprint("news", __name__)
guard(bp)


@bp.get("/news")
def show() -> ResponseReturnValue:
    """Those of the messages in `ids` that are news, and how each is called.

    Or the latest that came `after` a message, for a page that may have missed some.
    """
    shows = preferences.chosen(agent(), news.SHOWS_TEXT)
    return jsonify([notice(*each, agent(), shows_text=shows) for each in found()])


def found() -> Iterable[Row[Message, Conversation]]:
    if "after" in request.args:
        return news.since(agent(), position("after") or 0, utcnow())
    return db.session.execute(news.among(agent(), positions("ids"), utcnow()))


@bp.post("/profile/notices")
def choose() -> ResponseReturnValue:
    news.choose(agent(), request.form.getlist("about"))
    db.session.commit()
    return redirect(url_for("profile.show", saved="notices"), 303)
