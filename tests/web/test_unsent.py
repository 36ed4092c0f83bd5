"""What is typed and not sent waits for its author, in its thread and nowhere else."""

from tests.support.cast import Customer
from tests.support.pages import Browser, Page
from tests.support.stage import Stage


def thread(browser: Browser, customer: Customer) -> Page:
    return browser.get(f"/conversations/{customer.conversation.id}")


def box(browser: Browser, customer: Customer) -> str:
    found = thread(browser, customer).select_one("textarea[name=body]")
    return str(found.get_text().strip())


def types(browser: Browser, customer: Customer, body: str) -> None:
    """What the page's script does when somebody pauses."""
    page = thread(browser, customer)
    token = page.select_one(".composer__form [name=csrf_token]")["value"]
    kept = page.select_one("reply-composer")["data-kept"]
    data = {"body": body, "csrf_token": token}
    assert browser.client.post(kept, data=data).status_code == 204


def kept(browser: Browser, customer: Customer) -> str:
    """What the script asks for, when its page may be older than what was kept."""
    asked = thread(browser, customer).select_one("reply-composer")["data-kept"]
    answer = browser.client.get(asked)
    assert answer.mimetype == "text/plain"
    return answer.get_data(as_text=True)


def row(browser: Browser) -> str:
    return str(browser.get("/conversations").select_one(".row").get_text())


def test_it_is_there_on_the_next_visit(ben: Browser, ada: Customer) -> None:
    types(ben, ada, "Dear Ada, <b>")

    assert box(ben, ada) == kept(ben, ada) == "Dear Ada, <b>"


def test_it_is_its_authors_alone(ana: Browser, ben: Browser, ada: Customer) -> None:
    types(ben, ada, "Dear Ada,")

    assert box(ana, ada) == ""
    assert kept(ana, ada) == ""
    assert "Draft" not in row(ana)
    assert "Draft" in row(ben)


def test_a_text_for_ada_never_stands_before_bob(
    ben: Browser, ada: Customer, bob: Customer
) -> None:
    types(ben, ada, "Dear Ada,")

    assert box(ben, bob) == ""


def test_deleting_every_letter_deletes_it(ben: Browser, ada: Customer) -> None:
    types(ben, ada, "Dear Ada,")
    types(ben, ada, " ")

    assert box(ben, ada) == ""
    assert "Draft" not in row(ben)


def test_sending_clears_it(ben: Browser, ada: Customer) -> None:
    types(ben, ada, "Dear Ada,")

    ben.submit(thread(ben, ada), ".composer__form")

    assert ada.messages[-1].body == "Dear Ada,"
    assert box(ben, ada) == ""


def test_a_refused_text_does_not_clear_it(
    stage: Stage, ben: Browser, ada: Customer
) -> None:
    page = thread(ben, ada)
    types(ben, ada, "Dear Ada,")
    ada.texts("STOP")
    stage.read()

    ben.submit(page, body="Dear Ada,", expect=422)

    shown = thread(ben, ada).select_one("#composer")
    assert shown.select_one("#unsent").get_text().strip() == "Dear Ada,"
    assert "wrote was not sent" in shown.get_text()


def test_only_the_two_modes_are_kept(ben: Browser, ada: Customer) -> None:
    there = f"/conversations/{ada.conversation.id}/unsent/letter"

    assert ben.client.post(there, data={"body": "x"}).status_code == 404
