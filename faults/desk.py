"""An agent at the page, without a script: presses Send until the text is stored."""

import re
import time
from dataclasses import dataclass

import requests

from bench.load.callbacks import customer
from bench.measures import agents
from bench.serving import LINE, TOKEN
from faults.load import COME_AGAIN_SECONDS, INBOUND, PATIENCE_SECONDS
from faults.scene import Scene, wait

PRESS_SECONDS = 40.0
FIRST_OF_OURS = 100
"""Customers whom the load does not write to, so that no thread moves on by itself."""

FIELD = re.compile(r'name="(csrf_token|key|seen)"[^>]*value="([^"]*)"')
FORM = re.compile(r'<form class="composer__form".*?</form>', re.DOTALL)
STORED = re.compile(r"#message-(\d+)$")
THREAD = (
    "SELECT c.id FROM conversation c JOIN customer p ON p.id = c.customer_id"
    " WHERE p.address = :address"
)
SEE_OTHER, UNAVAILABLE = 303, 503


@dataclass(eq=False)
class Agent:
    """Somebody signed in, with a customer of their own."""

    scene: Scene
    cookies: dict[str, str]
    thread: int

    @property
    def address(self) -> str:
        return f"{self.scene.parley.url}/conversations/{self.thread}"

    def form(self) -> dict[str, str]:
        """The fields of the composer; asks until the page comes."""
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends_at:
            page = self.ask("GET", self.address)
            if page is not None and page.ok and (form := FORM.search(page.text)):
                self.cookies = {**self.cookies, **page.cookies.get_dict()}
                return dict(FIELD.findall(form[0]))
            time.sleep(COME_AGAIN_SECONDS)
        raise TimeoutError("the thread does not come")

    def insist(self, written: dict[str, str]) -> int:
        """Press until it is stored; the text's id."""
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends_at:
            if stored := self.press(written):
                self.scene.load.promises.queued[stored] = time.time()
                return stored
            time.sleep(COME_AGAIN_SECONDS)
        raise TimeoutError("the reply was never stored")

    def press(self, written: dict[str, str], patience: float = PRESS_SECONDS) -> int:
        """Press Send; the id of what was stored, or 0."""
        answer = self.ask("POST", f"{self.address}/replies", written, patience)
        status = 0 if answer is None else answer.status_code
        self.scene.load.promises.answers[status] += 1
        if answer is None:
            return 0
        if status == UNAVAILABLE:
            kept = written["body"] in answer.text
            self.scene.expect(kept, "what was typed is not on the page")
            return 0
        if status != SEE_OTHER:
            raise RuntimeError(f"a press was answered {status}")
        found = STORED.search(answer.headers["Location"])
        return int(found[1]) if found else 0

    def ask(
        self,
        method: str,
        url: str,
        data: dict[str, str] | None = None,
        patience: float = PRESS_SECONDS,
    ) -> requests.Response | None:
        """One request on a connection of its own; None when there was no answer."""
        with requests.Session() as browser:
            browser.trust_env = False
            try:
                return browser.request(
                    method,
                    url,
                    data=data,
                    cookies=self.cookies,
                    timeout=patience,
                    allow_redirects=False,
                )
            except requests.RequestException:
                return None


def desk(scene: Scene, count: int) -> list[Agent]:
    """So many windows of one agent, each with a customer who has written."""
    pairs = agents.signed_in(scene.parley).split("; ")
    cookies = dict(pair.split("=", 1) for pair in pairs)
    addresses = [customer(FIRST_OF_OURS + number) for number in range(count)]
    for number, address in enumerate(addresses):
        said = {"source": address, "recipient": LINE, "message": f"hello {number}"}
        scene.load.insist(INBOUND, said, {"X-Hook-Token": TOKEN}, 200)
    scene.settle()
    return [Agent(scene, cookies, thread(scene, address)) for address in addresses]


def thread(scene: Scene, address: str) -> int:
    wait(lambda: scene.asked(THREAD, address=address))
    return int(str(scene.asked(THREAD, address=address)[0][0]))
