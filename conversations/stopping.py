"""Being told to stop: heard by the one thread that waits for it.

Python acts on a signal in the main thread alone, and the system may give it to another:
then the main one sleeps on. So no thread takes these signals but who waits for them.
"""

import signal

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def keep_for_later() -> None:
    """From now on they wait for `until_told`. To be called before any thread starts."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


def until_told() -> None:
    """Return when this process is told to stop; what it is told again has no effect."""
    signal.sigwait(SIGNALS)
