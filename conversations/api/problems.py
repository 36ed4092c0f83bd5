"""Errors as RFC 9457 problem documents: a status, a code for programs, a sentence."""

import logging
from http import HTTPStatus

from flask import Blueprint, Response, json
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, default_exceptions

from conversations.db import db

logger = logging.getLogger(__name__)


class Problem(Exception):
    """Something the caller should know; becomes the answer."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


def answer_in_json(bp: Blueprint) -> None:
    """Let every error in this blueprint be answered as a problem document."""
    bp.register_error_handler(Problem, told)
    for code in default_exceptions:
        bp.register_error_handler(code, http_error)
    bp.register_error_handler(OperationalError, unavailable)
    bp.register_error_handler(PoolTimeout, unavailable)


def told(problem: Problem) -> Response:
    db.session.rollback()
    answer = document(problem.status, problem.code, problem.detail)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def http_error(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    return document(
        status, error.name.lower().replace(" ", "_"), error.description or ""
    )


def unavailable(error: Exception) -> Response:
    logger.error("The database did not answer", exc_info=error)
    answer = document(503, "unavailable", "The database does not answer; try again.")
    answer.headers["Retry-After"] = "5"
    return answer


def document(status: int, code: str, detail: str) -> Response:
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    return Response(json.dumps(content), status, mimetype="application/problem+json")
