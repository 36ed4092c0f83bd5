"""`python -m faults.ahead SECONDS`: a worker whose clock is so far ahead of ours."""

import sys
import time

import time_machine
from flask.cli import main


def work(seconds: float) -> None:
    with time_machine.travel(time.time() + seconds, tick=True):
        sys.argv[:] = ["flask", "worker"]
        main()


if __name__ == "__main__":
    work(float(sys.argv[1]))
