"""What can go wrong with a text, one constructor for each thing.

refusals     Kaleyra, or something in between, answers otherwise than hoped
wires        the connection itself fails
news         the text is taken, and the reports about it go astray
"""

from .fault import NORMAL, Fault
from .news import (
    doubled,
    early,
    late,
    only_sent,
    opted_out,
    reordered,
    silent,
    undelivered,
)
from .refusals import (
    bad_gateway,
    error_500,
    error_in_2xx,
    gateway_timeout,
    html_200,
    no_id,
    not_found,
    redirect,
    refuse,
    throttle,
    unauthorised,
    unavailable,
)
from .script import Script
from .wires import cut, drip, hang, hang_after_accepting, huge, slow

__all__ = [
    "NORMAL",
    "Fault",
    "Script",
    "bad_gateway",
    "cut",
    "doubled",
    "drip",
    "early",
    "error_500",
    "error_in_2xx",
    "gateway_timeout",
    "hang",
    "hang_after_accepting",
    "html_200",
    "huge",
    "late",
    "no_id",
    "not_found",
    "only_sent",
    "opted_out",
    "redirect",
    "refuse",
    "reordered",
    "silent",
    "slow",
    "throttle",
    "unauthorised",
    "unavailable",
    "undelivered",
]
