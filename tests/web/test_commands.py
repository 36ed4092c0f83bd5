"""What the command box offers."""

from conversations.models.agent import SUPERVISOR
from tests.support.cast import Customer
from tests.support.pages import Browser, Page
from tests.support.teams import agent_named, change, give, team_of


def offered(browser: Browser, q: str = "", **more: object) -> list[str]:
    found = answer(browser, q, **more)
    return [each.bdi.get_text() for each in found.select("[role=option]")]


def answer(browser: Browser, q: str, **more: object) -> Page:
    token = browser.get("/profile").select_one("#command-box")["data-csrf"]
    data = {"q": q, "csrf_token": token} | more
    return browser._open(200, method="POST", path="/commands", data=data)


def test_pages_are_offered_to_those_who_may_open_them(
    ana: Browser, ben: Browser
) -> None:
    assert {"Lines", "Agents", "Profile"} <= set(offered(ana))
    assert not {"Lines", "Agents"} & set(offered(ben))
    assert offered(ben, "reports") == ["Reports"]
    assert offered(ana, "reviews") == ["Reviews"]
    assert offered(ben, "reviews") == []
    change("Ben", role=SUPERVISOR)
    assert offered(ben, "reviews") == ["Reviews"]
    assert offered(ben, "prof") == ["Profile"]


def test_every_address_that_is_offered_is_there(ana: Browser, ada: Customer) -> None:
    page = answer(ana, "")

    for each in page.select("[data-href]"):
        ana.get(str(each["data-href"]))


def test_a_conversation_is_found_by_name_and_by_number(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    assert offered(ben, "5550142") == ["+1 202-555-0142"]
    assert offered(ben, "zzz") == []


def test_what_another_team_has_is_not_offered(ben: Browser, ada: Customer) -> None:
    give(ada, team_of("Night"))

    assert offered(ben, "5550142") == []
    assert "Assign to me" not in offered(
        ben, "assign", conversation=ada.conversation.id
    )


def test_decisions_are_about_the_open_conversation(ben: Browser, ada: Customer) -> None:
    own_id, here = agent_named("Ben").id, ada.conversation.id
    assert "Assign to me" not in offered(ben, "assign")

    page = answer(ben, "assign me", conversation=here, seen="1", was="")
    option = page.select_one("[data-post]")

    assert option["data-post"] == f"/conversations/{here}/owner"
    assert str(own_id) in option["data-values"]
    assert "Snooze: Tomorrow, 09:00" in offered(ben, "tomorrow", conversation=here)


def test_a_name_that_is_markup_is_shown_and_never_run(
    ana: Browser, ada: Customer
) -> None:
    page = ana.get(f"/conversations/{ada.conversation.id}")
    ana.submit(page, "form.naming__form", name="<b onclick=x>Ada</b>")

    assert offered(ana, "onclick") == ["<b onclick=x>Ada</b>"]
