"""What admins set for everybody: the goal for answers, and the tags."""

from datetime import timedelta

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import settings, tags
from conversations.desk.audit import Act
from conversations.models import Tag
from conversations.texting.consent import Refusal
from conversations.web import pages
from conversations.web.admin.setting_forms import GoalForm, TagForm
from conversations.web.entrance.access import guard
from conversations.web.entrance.noting import note

A_MINUTE = timedelta(minutes=1)

bp = Blueprint("settings", __name__, url_prefix="/settings")
guard(bp, admin=True)


@bp.get("/")
def index() -> ResponseReturnValue:
    return redirect(url_for(".show"))


@bp.get("/desk")
def show() -> ResponseReturnValue:
    return settings_page(TagForm(formdata=None))


@bp.post("/desk/goal")
def set_goal() -> ResponseReturnValue:
    form = GoalForm()
    if not form.validate():
        pages.look_again()
        return settings_page(TagForm(formdata=None), goal=form), 422
    late = form.give_back.data or 0
    settings.set_goal(form.minutes.data or 1)
    settings.set_give_back(late)
    note(Act.SETTINGS_CHANGED, what="goal", minutes=form.minutes.data, late=late)
    return saved()


@bp.post("/desk/tags")
def make_tag() -> ResponseReturnValue:
    form = TagForm()
    note(Act.SETTINGS_CHANGED, what="tag made")
    return named(form, tags.make(form.name.data or ""))


@bp.post("/desk/tags/<id:tag_id>/name")
def rename_tag(tag_id: int) -> ResponseReturnValue:
    form = TagForm()
    note(Act.SETTINGS_CHANGED, "tag", tag_id, what="tag named")
    return named(form, tags.rename(find(tag_id), form.name.data or ""), tag_id)


@bp.post("/desk/tags/<id:tag_id>/archive")
def archive_tag(tag_id: int) -> ResponseReturnValue:
    tags.archive(find(tag_id))
    note(Act.SETTINGS_CHANGED, "tag", tag_id, what="tag archived")
    return saved()


@bp.post("/desk/tags/<id:tag_id>/return")
def bring_tag_back(tag_id: int) -> ResponseReturnValue:
    tags.bring_back(find(tag_id))
    note(Act.SETTINGS_CHANGED, "tag", tag_id, what="tag brought back")
    return saved()


def find(tag_id: int) -> Tag:
    return db.session.get(Tag, tag_id) or abort(404)


def named(
    form: TagForm, problem: Refusal | None, tag_id: int = 0
) -> ResponseReturnValue:
    if problem is None:
        return saved()
    db.session.rollback()
    pages.look_again()
    form.name.errors = [problem.sentence]
    return settings_page(form, tag_id=tag_id), 422


def saved() -> ResponseReturnValue:
    db.session.commit()
    return redirect(url_for(".show", saved=1), 303)


def settings_page(
    tag: TagForm, *, goal: GoalForm | None = None, tag_id: int = 0
) -> str:
    """`tag_id`: whose new name `tag` is; 0 for a new tag."""
    return pages.page(
        "settings/desk.html",
        goal=goal or goal_form(),
        tag=tag,
        tag_id=tag_id,
        tags=db.session.scalars(tags.every()).all(),
        saved=request.args.get("saved"),
    )


def goal_form() -> GoalForm:
    """With what holds now."""
    late = settings.give_back()
    return GoalForm(
        formdata=None,
        minutes=settings.goal() // A_MINUTE,
        give_back=late // A_MINUTE if late else None,
    )
