"""Asking an admin whether they are sure: what will happen, and a button that says it.

The same form comes back with `sure`, so nothing happens by one press, and all of it
works without scripts.
"""

from flask import request

from conversations.web import pages
from conversations.web.showing.questions import Question

SURE, TOKEN = "sure", "csrf_token"


def sure() -> bool:
    return SURE in request.form


def ask(question: Question) -> str:
    again = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in (SURE, TOKEN)
    ]
    pages.look_again()
    return pages.page("admin/sure.html", question=question, again=again)
