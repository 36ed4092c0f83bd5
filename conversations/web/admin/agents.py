"""The agents: who they are, what they may see, letting them in and locking them out."""

from collections.abc import Callable, Collection

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from conversations.db import db, utcnow
from conversations.desk import accounts, inviting, teams
from conversations.desk.audit import Act
from conversations.models import Agent
from conversations.texting import owners
from conversations.web import pages
from conversations.web.admin.agent_forms import AgentForm, InvitationForm
from conversations.web.admin.sure import ask, sure
from conversations.web.entrance.access import agent, config, guard
from conversations.web.entrance.noting import note
from conversations.web.forms import one_line
from conversations.web.showing import agents as showing
from conversations.web.showing import questions
from conversations.web.showing.questions import Question

bp = Blueprint("agents", __name__, url_prefix="/agents")
guard(bp, admin=True)


@bp.get("")
def index() -> ResponseReturnValue:
    return index_page(invitation_form(empty=True))


@bp.post("/invitations")
def invite() -> ResponseReturnValue:
    form = invitation_form()
    if not form.validate():
        return wrong_invitation(form)
    try:
        token = inviting.invite(
            form.email.data or "",
            form.name.data or "",
            form.role.data,
            agent(),
            form.teams.data or [],
        )
    except accounts.AccountFault as fault:
        form.email.errors = [str(fault)]
        return wrong_invitation(form)
    note(Act.INVITED, role=form.role.data, teams=form.teams.data or [])
    db.session.commit()
    link = config().public_url + url_for("invitation.show", token=token)
    pages.look_again()
    return pages.page(
        "admin/invited.html",
        link=link,
        name=form.name.data,
        days=inviting.VALID_FOR.days,
    )


@bp.post("/invitations/withdrawal")
def withdraw() -> ResponseReturnValue:
    email = one_line(request.form.get("email"))
    if not sure():
        return ask(questions.withdrawing(email, url_for(".index")))
    inviting.withdraw(email)
    note(Act.INVITATION_WITHDRAWN)
    db.session.commit()
    return redirect(url_for(".index"), 303)


@bp.get("/<id:agent_id>")
def show(agent_id: int) -> ResponseReturnValue:
    found = find(agent_id)
    return agent_page(found, form_of(found, None))


@bp.post("/<id:agent_id>")
def change(agent_id: int) -> ResponseReturnValue:
    found = find(agent_id)
    form = form_of(found, request.form)
    if not form.validate():
        abort(400)
    changes = changes_in(form, found)
    if not changes:
        return done(agent_id)
    if not sure():
        return ask(questions.changing(found, changes, here(agent_id)))
    try:
        accounts.set_role(found, form.role.data)
    except accounts.AccountFault as fault:
        return refused(agent_id, fault)
    found.masked = form.masked.data
    teams.set_teams(found, form.teams.data or [])
    after = {"role": found.role, "masked": found.masked, "teams": form.teams.data or []}
    note(Act.AGENT_CHANGED, "agent", agent_id, **after)
    return done(agent_id)


@bp.post("/<id:agent_id>/disabling")
def disable(agent_id: int) -> ResponseReturnValue:
    return carefully(agent_id, questions.disabling, Act.AGENT_DISABLED, lock_out)


@bp.post("/<id:agent_id>/enabling")
def enable(agent_id: int) -> ResponseReturnValue:
    return carefully(agent_id, questions.enabling, Act.AGENT_ENABLED, accounts.enable)


@bp.post("/<id:agent_id>/signing-out")
def sign_out(agent_id: int) -> ResponseReturnValue:
    return carefully(
        agent_id,
        questions.signing_out,
        Act.AGENT_SIGNED_OUT,
        accounts.sign_out_everywhere,
    )


def carefully(
    agent_id: int,
    question: Callable[[Agent, str], Question],
    act: Act,
    verb: Callable[[Agent], None],
) -> ResponseReturnValue:
    """Ask first; then do it, unless it cannot be."""
    found = find(agent_id)
    if not sure():
        return ask(question(found, here(agent_id)))
    note(act, "agent", agent_id)
    try:
        verb(found)
    except accounts.AccountFault as fault:
        return refused(agent_id, fault)
    return done(agent_id)


def lock_out(found: Agent) -> None:
    """At once; what was theirs is freed bit by bit, so that nobody waits for it."""
    accounts.keep_an_admin(found)
    accounts.disable(found)
    db.session.commit()
    while owners.put_back_some_of(found):
        db.session.commit()


def find(agent_id: int) -> Agent:
    return db.session.get(Agent, agent_id) or abort(404)


def here(agent_id: int) -> str:
    return url_for(".show", agent_id=agent_id)


def done(agent_id: int) -> ResponseReturnValue:
    db.session.commit()
    return redirect(here(agent_id), 303)


def refused(agent_id: int, fault: accounts.AccountFault) -> ResponseReturnValue:
    pages.look_again()
    found = find(agent_id)
    return agent_page(found, form_of(found, None), str(fault)), 422


def form_of(found: Agent, posted: MultiDict[str, str] | None) -> AgentForm:
    """Filled with what was posted, else with how the agent stands."""
    form = AgentForm(
        posted, role=found.role, masked=found.masked, teams=team_ids(found)
    )
    form.teams.choices = choices(team_ids(found))
    return form


def invitation_form(*, empty: bool = False) -> InvitationForm:
    form = InvitationForm(formdata=None) if empty else InvitationForm()
    form.teams.choices = choices(())
    return form


def choices(mine: Collection[int]) -> list[tuple[int, str]]:
    """The teams there are, and of the archived ones those that the agent is in."""
    return [
        (team.id, team.name)
        for team in pages.teams()
        if team.archived_at is None or team.id in mine
    ]


def team_ids(found: Agent) -> list[int]:
    return list(db.session.scalars(teams.of(found)))


def changes_in(form: AgentForm, found: Agent) -> list[str]:
    """What saving this would come to, in sentences."""
    changes = []
    if form.role.data != found.role:
        changes += questions.role_changes(found, form.role.data)
    wanted = form.teams.data or []
    changes += questions.team_changes(found, team_ids(found), wanted, pages.teams())
    if form.masked.data != found.masked:
        changes.append(questions.masking(found, masked=form.masked.data))
    return changes


def wrong_invitation(form: InvitationForm) -> ResponseReturnValue:
    pages.look_again()
    return index_page(form), 422


def index_page(form: InvitationForm) -> str:
    everybody = pages.colleagues().values()
    members = db.session.execute(teams.members()).all()
    return pages.page(
        "admin/agents.html",
        shown=showing.rows(everybody, members, pages.teams(), agent().zone),
        invitations=showing.invitations(
            db.session.scalars(inviting.waiting()), agent().zone, utcnow()
        ),
        form=form,
        days=inviting.VALID_FOR.days,
    )


def agent_page(found: Agent, form: AgentForm, problem: str = "") -> str:
    browsers = db.session.scalar(accounts.browsers_of(found))
    return pages.page(
        "admin/agent.html",
        shown=showing.row(found, [], agent().zone),
        form=form,
        problem=problem,
        browsers=browsers,
    )
