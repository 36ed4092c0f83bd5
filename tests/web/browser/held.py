"""An answer that is slow to come."""

import re

from playwright.sync_api import Page, Route

from tests.support.stage import until


class Held:
    """The next request to `url` gets its answer only when it is let go.

    Those after it go their way. They are looked at all the same: where the browser is
    told to stop that while a page loads, what the page asks for may never come.
    """

    def __init__(self, page: Page, url: str | re.Pattern[str]) -> None:
        self.page = page
        self.routes: list[Route] = []
        page.route(url, self.hold)

    def hold(self, route: Route) -> None:
        if self.routes:
            route.fallback()
        else:
            self.routes.append(route)

    def came(self) -> Route:
        """The request, once it was made."""
        until(lambda: self.routes or self.page.wait_for_timeout(20))
        return self.routes[0]
