"""What tests of texting start from."""

import pytest

from tests.support.cast import Customer, we_reply
from tests.support.stage import LINE, Stage


@pytest.fixture
def queue(stage: Stage, ada: Customer) -> list[int]:
    """Ten texts to ten customers."""
    customers = [Customer(f"+120255502{n:02}", LINE, ada.caller) for n in range(10)]
    for customer in customers:
        customer.texts("Hello")
    stage.read()
    return [we_reply(customer, "Hello").id for customer in customers]
