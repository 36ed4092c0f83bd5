"""The teams: making, naming and archiving them, and who is in which."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from conversations.db import db
from conversations.desk import teams
from conversations.desk.audit import Act
from conversations.desk.teams import TeamFault
from conversations.models import Team
from conversations.web import pages
from conversations.web.admin.agent_forms import MembersForm, TeamForm
from conversations.web.admin.sure import ask, sure
from conversations.web.entrance.access import guard
from conversations.web.entrance.noting import note
from conversations.web.showing import agents as showing
from conversations.web.showing import questions

bp = Blueprint("teams", __name__, url_prefix="/agents/teams")
guard(bp, admin=True)


@bp.get("")
def index() -> ResponseReturnValue:
    return index_page(TeamForm(formdata=None))


@bp.post("")
def create() -> ResponseReturnValue:
    form = TeamForm()
    if not form.validate():
        pages.look_again()
        return index_page(form), 422
    try:
        team = teams.create(form.name.data or "")
    except TeamFault as fault:
        form.name.errors = [str(fault)]
        pages.look_again()
        return index_page(form), 422
    note(Act.TEAM_MADE, "team", team.id)
    return done(team.id)


@bp.get("/<id:team_id>")
def show(team_id: int) -> ResponseReturnValue:
    team = find(team_id)
    return team_page(team, TeamForm(formdata=None, name=team.name))


@bp.post("/<id:team_id>/name")
def rename(team_id: int) -> ResponseReturnValue:
    team, form = find(team_id), TeamForm()
    if not form.validate():
        return team_page(team, form), 422
    try:
        teams.rename(team, form.name.data or "")
    except TeamFault as fault:
        form.name.errors = [str(fault)]
        return team_page(team, form), 422
    note(Act.TEAM_CHANGED, "team", team_id, what="name")
    return done(team_id)


@bp.post("/<id:team_id>/members")
def set_members(team_id: int) -> ResponseReturnValue:
    team = find(team_id)
    form = members_form(team)
    if not form.validate():
        abort(400)
    wanted = form.members.data or []
    changes = questions.member_changes(
        team, member_ids(team), wanted, pages.colleagues()
    )
    if not changes:
        return done(team_id)
    if not sure():
        return ask(questions.membership(team, changes, here(team_id)))
    teams.set_members(team, wanted)
    note(Act.TEAM_CHANGED, "team", team_id, what="members", members=wanted)
    return done(team_id)


@bp.post("/<id:team_id>/archiving")
def archive(team_id: int) -> ResponseReturnValue:
    team = find(team_id)
    if not sure():
        many = db.session.scalar(teams.conversations_of(team)) or 0
        return ask(questions.archiving(team, many, here(team_id)))
    teams.archive(team)
    note(Act.TEAM_CHANGED, "team", team_id, what="archived")
    return done(team_id)


@bp.post("/<id:team_id>/return")
def bring_back(team_id: int) -> ResponseReturnValue:
    teams.bring_back(find(team_id))
    note(Act.TEAM_CHANGED, "team", team_id, what="brought back")
    return done(team_id)


def find(team_id: int) -> Team:
    return db.session.get(Team, team_id) or abort(404)


def here(team_id: int) -> str:
    return url_for(".show", team_id=team_id)


def done(team_id: int) -> ResponseReturnValue:
    there = here(team_id)
    db.session.commit()
    return redirect(there, 303)


def member_ids(team: Team) -> list[int]:
    return [agent for at, agent in db.session.execute(teams.members()) if at == team.id]


def members_form(team: Team) -> MembersForm:
    mine = member_ids(team)
    form = MembersForm(members=mine)
    form.members.choices = [
        (each.id, each.name)
        for each in pages.colleagues().values()
        if not each.disabled or each.id in mine
    ]
    return form


def index_page(form: TeamForm) -> str:
    names = {each.id: each.name for each in pages.colleagues().values()}
    members = db.session.execute(teams.members()).all()
    shown = showing.teams(pages.teams(), members, names)
    return pages.page("admin/teams.html", shown=shown, form=form)


def team_page(team: Team, form: TeamForm) -> str:
    return pages.page(
        "admin/team.html", team=team, form=form, members=members_form(team)
    )
