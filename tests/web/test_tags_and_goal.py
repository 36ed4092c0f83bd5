"""Tags on conversations, and what admins set of them and of the goal."""

from sqlalchemy import select

from conversations.models import ConversationTag, Tag
from tests.support.cast import Customer, everything, the
from tests.support.pages import Browser
from tests.web.deciding import TAGS, state_of, tag_named, thread


def test_a_tag_goes_on_by_its_name_and_off_again(ben: Browser, ada: Customer) -> None:
    tag_named("orders")
    page = thread(ben, ada)
    assert page.select_one("#known-tags option")["value"] == "orders"

    page = ben.submit(page, TAGS, tag="ORDERS")
    assert page.select_one("#state .tag").get_text(strip=True) == "orders"
    assert "orders" in ben.get("/conversations").select_one(".row").get_text()
    assert "no such tag" in state_of(ben.submit(page, TAGS, tag="refunds"))
    page = ben.submit(thread(ben, ada), button="Take off the tag orders")

    assert not page.select("#state .tag")
    assert everything(select(ConversationTag)) == []


def test_admins_make_rename_and_archive_tags(ana: Browser, ada: Customer) -> None:
    page = ana.submit(ana.get("/settings/desk"), "form[action$='/tags']", name="Orders")
    assert the(select(Tag.name)) == "Orders"
    page = ana.submit(page, "form[action$='/tags']", name="orders", expect=422)
    assert "There is a tag of this name already." in page.get_text()

    page = ana.get("/settings/desk")
    page = ana.submit(page, "form[action$='/name']", name="Shop orders")
    assert the(select(Tag.name)) == "Shop orders"
    page = ana.submit(page, "form[action$='/archive']")
    assert not thread(ana, ada).select("#known-tags option")
    ana.submit(page, "form[action$='/return']")
    assert thread(ana, ada).select("#known-tags option")


def test_admins_set_the_goal(ana: Browser, ada: Customer) -> None:
    ana.submit(ana.get("/settings/desk"), minutes="90")

    assert thread(ana, ada).select_one(".wait")["data-goal"] == "5400"
    page = ana.submit(ana.get("/settings/desk"), minutes="0", expect=422)
    assert "Type a number from 1 to" in page.get_text()


def test_settings_are_for_admins(ben: Browser) -> None:
    ben.get("/settings/desk", expect=403)
