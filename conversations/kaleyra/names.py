"""The names under which callbacks carry each thing, the most trusted first.

An operator writes the template of a callback, so the names are those of Kaleyra's own
samples, of its connectors and gateways, and of spellings that people are likely to use.
"""

import re

CUSTOMER = ("source", "device_address", "number", "from", "msisdn", "mobile")
LINE = ("recipient", "inbound_address", "identifier", "to", "shortcode", "vmn")
# What `source` says of our own texts, in reports and where it should be a number.
ORIGIN, OURS = "source", "api"
# Kaleyra's own samples use it for either side.
EITHER = "sender"

TEXT = ("message", "message_orig", "body", "text")
# What all parts are under together, or how many there are.
PARTS = "parts"
PART = re.compile(r"parts\[([0-9]{1,3})\]")
TEXT_ID = ("id", "kid", "message_id", "a2w_mo_ref_id")
TEXT_SUB_ID = "message_subid"
TIME = ("timestamp", "received_at", "created_at")

# Only a report has these; the status API calls a message's id `campaign_id`.
REPORTED_ID = ("id", "message_id", "campaign_id", "msgid", "kid")
# The old platform reports our own id back as `msgid`.
REFERENCE = ("ref", "reference", "ref_custom", "custom", "customid", "msgid")
RECIPIENT = ("recipient", "to", "mobile", "number", "msisdn")
STATUS = "status"
TRACE = ("status_trace", "statustrace", "trace")
DESCRIPTION = ("description", "status_details", "reason")

# Said beside all this, and read by nobody; known so that a broken body can be mended.
BESIDE = (
    "keyword",
    "operator",
    "circle",
    "company_name",
    "channel",
    "carrier",
    "router",
    "status_code",
    "country_code",
)

ALL = frozenset({EITHER, PARTS, TEXT_SUB_ID, STATUS}).union(
    *(CUSTOMER, LINE, TEXT, TEXT_ID, TIME, REPORTED_ID),
    *(REFERENCE, RECIPIENT, TRACE, DESCRIPTION, BESIDE),
)

# What Kaleyra puts a value in place of; one it has no value for stays as it is written.
VARIABLES = frozenset(
    f"<{name}>"
    for name in (
        *("source", "recipient", "message", "keyword", "id", "kid", "timestamp"),
        *("operator", "circle", "status", "status_trace", "description"),
        *("parts", "parts[n]"),
        *("identifier", "sender", "message_id"),
    )
)


def is_text(name: str) -> bool:
    """Whether the value is what somebody wrote, to be kept to the last space."""
    return name in (*TEXT, PARTS) or PART.fullmatch(name) is not None


def part(position: int) -> str:
    """The name of one part of a long text."""
    return f"{PARTS}[{position}]"
