"""Kaleyra's trace codes, in words an agent understands, with what to do next.

From "SMS Status and Status Trace Codes" and the trace codes other platforms print. The
spelling drifts between editions (hyphens come and go), so codes are compared by their
letters alone: "OPT-OUT" stands here as OPTOUT.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.words import N_


@dataclass(frozen=True)
class Trace:
    """Why a text did not arrive, and what the agent can do.

    `opted_out`: the customer asked for no more texts. `permanent`: sending the same
    again would fail again. `configuration`: an admin must put the account right first.
    """

    sentence: str
    next_step: str
    opted_out: bool = False
    permanent: bool = False
    configuration: bool = False


SEND_AGAIN = N_("Wait a while, then send it again.")
OTHER_WAY = N_("Reach them another way.")
CHECK_NUMBER = N_(
    "Check the number with the customer; correct it before texting again."
)
ASK_ADMIN = N_("Tell an admin: it must be put right in the Kaleyra account first.")
SHORTEN = N_("Shorten the text, or send it in two.")
USE_TEMPLATE = N_("Write it exactly as an approved template, or tell an admin.")


def passing(sentence: str) -> Trace:
    return Trace(sentence, SEND_AGAIN)


def lasting(sentence: str, next_step: str = OTHER_WAY) -> Trace:
    return Trace(sentence, next_step, permanent=True)


def misconfigured(sentence: str) -> Trace:
    return Trace(sentence, ASK_ADMIN, configuration=True)


OPTED_OUT = Trace(
    N_("This customer opted out of texts from this line."),
    N_("Nothing more can be sent until they text START."),
    opted_out=True,
    permanent=True,
)
DO_NOT_DISTURB = lasting(N_("This number is on the Do Not Disturb register."))
INVALID_NUMBER = lasting(N_("This is not a working mobile number."), CHECK_NUMBER)
BARRED = lasting(N_("The operator bars texts to this number."))
PHONE_UNREACHABLE = passing(N_("The phone was switched off or out of reach."))
PHONE_FULL = passing(N_("The phone's message memory is full."))
PHONE_TROUBLE = passing(N_("The phone could not take the text."))
NETWORK_TROUBLE = passing(N_("The operator's network had a fault."))
COUNTRY_OFF = misconfigured(N_("Texting this country is switched off for our account."))
SENDER_REFUSED = misconfigured(N_("Kaleyra does not let us send from this line."))
LIMIT_REACHED = misconfigured(N_("A sending limit of our account has been reached."))
NO_TEMPLATE = lasting(N_("The text matches no approved template."), USE_TEMPLATE)
TOO_LONG = lasting(N_("The text is too long for this route."), SHORTEN)

TRACES: Mapping[str, Trace] = {
    "OPTOUT": OPTED_OUT,
    "OPTOUTREJ": OPTED_OUT,
    "OUTPUTREJ": OPTED_OUT,
    "BLACKLIST": lasting(N_("This number is on our account's blocklist."), ASK_ADMIN),
    "NOTOPTIN": lasting(N_("This customer has not agreed to receive texts.")),
    "CONDND": DO_NOT_DISTURB,
    "DNDNUMB": DO_NOT_DISTURB,
    "NOCREDITS": misconfigured(N_("Our Kaleyra account has run out of credit.")),
    "NOTALLOWED": COUNTRY_OFF,
    "BLOCKEDCOUNTRY": COUNTRY_OFF,
    "KYCNOTAPPROVED": misconfigured(N_("Kaleyra has not yet verified our account.")),
    "LIMITREACHED": LIMIT_REACHED,
    "DAILYLIMITREACHED": LIMIT_REACHED,
    "MONTHLYLIMITREACHED": LIMIT_REACHED,
    "SENDERIDNOTFOUND": SENDER_REFUSED,
    "SNDRIDNOTALLOTED": SENDER_REFUSED,
    "TEMPLATENOTFOUND": NO_TEMPLATE,
    "INVTEMPLATEMATCH": NO_TEMPLATE,
    "INVNUMBER": INVALID_NUMBER,
    "KLRINVNUMBER": INVALID_NUMBER,
    "INVMOBPATTRN": INVALID_NUMBER,
    "INVALIDSUB": INVALID_NUMBER,
    "ABSENTSUB": PHONE_UNREACHABLE,
    "MOBOFF": PHONE_UNREACHABLE,
    "HANDSETBUSY": passing(N_("The phone was busy.")),
    "HANDSETERR": PHONE_TROUBLE,
    "MEMEXEC": PHONE_FULL,
    "NETERR": NETWORK_TROUBLE,
    "SERVERERR": NETWORK_TROUBLE,
    "TIMEOUTPROM": passing(N_("The operator gave no answer in time.")),
    "EXPIRED": passing(N_("The phone could not be reached before the text expired.")),
    "FAILED": passing(N_("The operator could not deliver the text.")),
    "BARRED": BARRED,
    "SERIESBLOCK": BARRED,
    "SERIESBLK": BARRED,
    "REJECTED": lasting(N_("The operator refused the text.")),
    "SPAM": lasting(
        N_("The operator took the text for spam."), N_("Say it in other words.")
    ),
    "MAXLENGTH": TOO_LONG,
    "REJECTEDMULTIPART": lasting(
        N_("This route takes no text of more than one segment."), SHORTEN
    ),
}
