"""A desk in use: one of everything that a page of its own can show."""

from io import BytesIO

from app import create_app
from conversations.config import Config
from tests.support.pages import Browser
from tests.support.stage import until
from tests.web.browser.conftest import Desk

PEOPLE = b"number,name\n+12025559001,Rosa Blum\nnothing,Nobody\n"


def furnish(desk: Desk, number: str) -> dict[str, object]:
    """Make one of everything; what the addresses of pages name, by their own words."""
    browser = signed_in(desk)
    customer, other = (heard(browser, desk, each) for each in (number, f"{number}7"))
    settle(browser)
    return {
        "conversation_id": last_part(customer),
        "customer_id": customer_of(browser, customer),
        "other_id": customer_of(browser, other),
        "agent_id": 2,
        "line_id": 1,
        "callback_id": 1,
        "team_id": team(browser, number),
        "reply_id": saved_reply(browser),
        "import_id": brought(browser),
        "review_id": review(browser),
        "place": 1,
        "token": invitation(browser, number),
    }


def signed_in(desk: Desk) -> Browser:
    """Ana, straight at the server's database; its background work is the server's."""
    app = create_app(Config.from_env(desk.env))
    browser = Browser(app.test_client())
    browser.sign_in("ana@practice.example", desk.password())
    return browser


def heard(browser: Browser, desk: Desk, number: str) -> str:
    """The address of the conversation with somebody who has texted."""
    desk.hears(number, f"Is my order ready? {number}")
    until(lambda: row_of(browser, number))
    return row_of(browser, number)[0]


def row_of(browser: Browser, number: str) -> list[str]:
    rows = browser.get("/conversations").select(".row")
    return [
        row.select_one("a[href]")["href"].partition("?")[0]
        for row in rows
        if f"ready? {number}" in row.get_text().replace("\n", " ")
    ]


def customer_of(browser: Browser, conversation: str) -> str:
    panel = browser.get(f"{conversation}/customer")
    return str(panel.select_one("a[href$=merging]")["href"].split("/")[2])


def settle(browser: Browser) -> None:
    """A tag and fields of each kind, which settings, list and panel show."""
    page = browser.get("/settings/desk")
    if page.select_one("[id^=tag-]"):
        return
    browser.submit(page, "form[action$='/tags']", name="Billing")
    for kind in ("text", "number", "date", "choice"):
        page = browser.get("/settings/fields")
        said = {"choices": "One\nTwo"} if kind == "choice" else {}
        form = "form[action='/settings/fields']"
        browser.submit(page, form, name=f"A {kind}", kind=kind, **said)


def team(browser: Browser, number: str) -> str:
    page = browser.get("/agents/teams")
    page = browser.submit(page, button="Make the team", name=f"Front {number}")
    links = page.select("a[href^='/agents/teams/']")
    return last_part(page.path if "/teams/" in page.path else links[-1]["href"])


def saved_reply(browser: Browser) -> str:
    page = browser.get("/saved-replies")
    if not page.select("a[href^='/saved-replies/']"):
        said = {"shortcut": "thanks", "title": "Thanks", "body": "Thank you, {who}"}
        browser.submit(page, button="Save", **said)
        page = browser.get("/saved-replies")
    return last_part(page.select_one("a[href^='/saved-replies/']")["href"])


def brought(browser: Browser) -> str:
    """An import that was looked at, with a row that will do and one that will not."""
    page = browser.get("/settings/import")
    given = (BytesIO(PEOPLE), "people.csv")
    form = "form[enctype]"
    token = page.select_one(f"{form} [name=csrf_token]")["value"]
    answer = browser.client.post(page.path, data={"csrf_token": token, "file": given})
    return last_part(answer.headers["Location"])


def review(browser: Browser) -> str:
    page = browser.submit(browser.get("/reviews"), ".review__form", count="2")
    return last_part(page.path)


def invitation(browser: Browser, number: str) -> str:
    page = browser.get("/agents")
    said = {"name": "Cleo", "email": f"{number}@practice.example"}
    page = browser.submit(page, button="Make a link", **said)
    return last_part(page.select_one("input[readonly]")["value"])


def last_part(address: str) -> str:
    return address.rsplit("/", 1)[1]
