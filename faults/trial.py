"""A trial: one fault befalls a new installation, and the judge looks at it."""

import time

from bench.databases import Databases
from faults.fault import Fault
from faults.judge import Finding, judge
from faults.scene import scene


def finding(fault: Fault, databases: Databases, *, quick: bool = False) -> Finding:
    with scene(databases, quick=quick, **fault.settings) as there:
        began = time.monotonic()
        fault.inject(there)
        return judge(there, fault, time.monotonic() - began)
