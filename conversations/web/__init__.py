"""The door for people: pages, and the fragments that keep them live."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from conversations.config import Config
from conversations.web import (
    addresses,
    assets,
    errors,
    headers,
    languages,
    templating,
)
from conversations.web.admin import (
    agents,
    audit,
    callback,
    callbacks,
    customer_fields,
    erasing,
    imports,
    lines,
    settings,
    setup,
    teams,
)
from conversations.web.desk import (
    commands,
    customers,
    exports,
    inbox,
    jumps,
    live,
    merging,
    messages,
    news,
    notes,
    owner,
    panel,
    presence,
    replies,
    reports,
    reviews,
    saved_replies,
    scheduled,
    search,
    states,
    takeaway,
    thread,
    together,
    unsent,
)
from conversations.web.entrance import access, invitation, profile, signing_in

DOORS = (
    signing_in,
    invitation,
    profile,
    inbox,
    commands,
    together,
    customers,
    thread,
    jumps,
    panel,
    merging,
    owner,
    replies,
    notes,
    saved_replies,
    scheduled,
    unsent,
    presence,
    news,
    states,
    messages,
    search,
    exports,
    takeaway,
    reports,
    reviews,
    live,
    agents,
    teams,
    lines,
    settings,
    setup,
    imports,
    customer_fields,
    erasing,
    callbacks,
    callback,
    audit,
)


def init_app(app: Flask, config: Config) -> None:
    """Give the app its pages."""
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    access.init_app(app, config)
    addresses.init_app(app)
    assets.init_app(app)
    headers.init_app(app, config)
    errors.init_app(app)
    languages.init_app(app, config)
    templating.init_app(app)
    for door in DOORS:
        app.register_blueprint(door.bp)
