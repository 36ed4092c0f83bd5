"""The panel beside a thread, and what is known of customers there."""

from sqlalchemy import select

from conversations.models import CustomerField, CustomerValue
from tests.support.cast import Customer, everything, the
from tests.support.pages import Browser, Page

FORM = ".panel__form:has(#panel-zone)"


def panel(browser: Browser, customer: Customer, expect: int = 200) -> Page:
    address = f"/conversations/{customer.conversation.id}/customer"
    return browser.get(address, expect=expect)


def field(admin: Browser, name: str, kind: str = "text", choices: str = "") -> str:
    """A new field; how forms call it."""
    page = admin.get("/settings/fields")
    typed = {"name": name, "kind": kind, "choices": choices}
    admin.submit(page, "form:has(#new-kind)", **typed)
    found = the(select(CustomerField).where(CustomerField.name == name))
    return f"field-{found.id}"


def stored() -> list[str]:
    return [str(each.value) for each in everything(select(CustomerValue))]
