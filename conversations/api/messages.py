"""Sending a text and asking after it."""

from datetime import timedelta
from typing import Any, cast

from flask import Blueprint, Response, current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from conversations.api import shapes
from conversations.api.problems import Problem
from conversations.api.tokens import caller
from conversations.config import Config
from conversations.db import LARGEST_ID, db
from conversations.desk import customers
from conversations.models import Conversation, Line, Message
from conversations.texting import lines, sending
from conversations.texting.clean import clean_text
from conversations.texting.consent import Refusal
from conversations.texting.phone import InvalidAddress
from conversations.texting.sending import PROGRAMS, Draft

bp = Blueprint("messages", __name__, url_prefix="/messages")

FIELDS = {"to", "from", "body", "template_id", "ref1", "ref2"}
EXPIRES_IN = "expires_in"
EXPIRES_IN_SECONDS = range(60, 86_400 + 1)
MAX_KEY_LENGTH = 200
MAX_TEMPLATE_ID_LENGTH = 50


@bp.post("")
def create() -> ResponseReturnValue:
    given = fields()
    draft = draft_of(given, valid_for())
    conversation = conversation_for(given)
    message = sending.reply(conversation, draft)
    if isinstance(message, Refusal):
        raise Problem(422, message.code, message.sentence)
    if (message.conversation_id, message.body) != (conversation.id, draft.body):
        raise Problem(422, "key_reused", "This Idempotency-Key sent another text.")
    db.session.commit()
    return accepted(message)


@bp.get(f"/<int(max={LARGEST_ID}):message_id>")
def show(message_id: int) -> ResponseReturnValue:
    message = db.session.get(Message, message_id)
    if message is None or not message.texted:
        raise Problem(404, "not_found", "There is no such message.")
    return jsonify(shape(message))


def fields() -> dict[str, str]:
    """The body's texts; anything else but `expires_in` is said to be wrong."""
    given = {n: value for n, value in json_object().items() if n != EXPIRES_IN}
    if unknown := set(given) - FIELDS:
        raise Problem(422, "unknown_field", f"Unknown: {', '.join(sorted(unknown))}.")
    present = {name: value for name, value in given.items() if value is not None}
    if missing := {"to", "body"} - set(present):
        raise Problem(422, "missing_field", f"Required: {', '.join(sorted(missing))}.")
    for name, value in present.items():
        if not isinstance(value, str):
            raise Problem(422, "not_text", f"{name} must be a text.")
    return {name: clean_text(value) for name, value in present.items()}


def valid_for() -> timedelta:
    """How long the text may wait to be sent: `expires_in`, or what is usual here."""
    seconds = json_object().get(EXPIRES_IN)
    if seconds is None:
        return config().longest_wait
    if type(seconds) is not int or seconds not in EXPIRES_IN_SECONDS:
        raise Problem(
            422,
            "bad_expiry",
            "expires_in takes 60 to 86400 whole seconds, as a number.",
        )
    return timedelta(seconds=seconds)


def json_object() -> dict[str, Any]:
    try:
        given: Any = request.get_json(silent=True)
    except RecursionError:
        given = None
    if not isinstance(given, dict):
        raise Problem(400, "not_json", "Send a JSON object.")
    return given


def draft_of(given: dict[str, str], valid_for: timedelta) -> Draft:
    if len(given.get("template_id", "")) > MAX_TEMPLATE_ID_LENGTH:
        raise Problem(422, "template_id_too_long", "template_id is too long.")
    return Draft(
        body=given["body"],
        author=caller().name,
        key=idempotency_key(),
        ref1=given.get("ref1"),
        ref2=given.get("ref2"),
        template_id=given.get("template_id"),
        priority=PROGRAMS,
        valid_for=valid_for,
    )


def idempotency_key() -> str | None:
    """The caller's key, told apart from every other caller's."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > MAX_KEY_LENGTH:
        raise Problem(400, "key_too_long", "Idempotency-Key takes 200 characters.")
    return f"api:{caller().id}:{key}" if key else None


def conversation_for(given: dict[str, str]) -> Conversation:
    try:
        return customers.conversation_with(
            line_for(given.get("from")), given["to"], config().default_region
        )
    except InvalidAddress as error:
        raise Problem(422, "invalid_number", str(error)) from error


def line_for(number: str | None) -> Line:
    if number is not None:
        if line := lines.named(number):
            return line
        raise Problem(422, "unknown_line", "from is none of our lines.")
    ours = db.session.scalars(customers.lines()).all()
    if len(ours) != 1:
        raise Problem(
            422, "missing_field", "from is required: there are several lines."
        )
    return ours[0]


def accepted(message: Message) -> Response:
    answer = jsonify(shape(message))
    answer.status_code = 202
    answer.headers["Location"] = url_for("api.messages.show", message_id=message.id)
    return answer


def shape(message: Message) -> shapes.Json:
    conversation = db.session.get_one(Conversation, message.conversation_id)
    return shapes.message(message, conversation)


def config() -> Config:
    return cast("Config", current_app.extensions["parley"])
