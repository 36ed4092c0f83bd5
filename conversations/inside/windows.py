"""The windows through which operators look in; the doors are elsewhere."""

from flask import Flask

from conversations.inside import doctor, metrics, visits


def init_app(app: Flask) -> None:
    """Answer /metrics, have the doctor on call, and follow every request."""
    app.register_blueprint(metrics.bp)
    app.cli.add_command(doctor.doctor)
    visits.init_app(app)
