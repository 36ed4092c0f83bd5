"""A Kaleyra to practise with: a real HTTP server, and a phone to play the customer.

    server                    starts and stops it; `python -m` runs it as a process
    sends    faults           what the API answers, and what goes wrong when told to
    callbacks                 what it posts back: reports, and texts from customers
    phone                     the customer's phone, as a page
    line                      what the practice line knows, shared by all of these
    account  texts  history  later

Nothing here reaches a real phone. It knows nothing of Parley but where its hooks are.
"""

from .account import Hooks
from .faults import Fault
from .server import PracticeKaleyra

__all__ = ["Fault", "Hooks", "PracticeKaleyra"]
