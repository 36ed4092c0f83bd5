"""All faults, by name, in the order of the table."""

from faults.fault import Fault
from faults.matrix.callbacks import CALLBACKS
from faults.matrix.databases import DATABASES
from faults.matrix.deaths import DEATHS
from faults.matrix.hosts import HOSTS
from faults.matrix.provider import PROVIDER
from faults.matrix.steps import STEPS

MATRIX: dict[str, Fault] = {
    fault.name: fault
    for fault in (*DEATHS, *STEPS, *PROVIDER, *CALLBACKS, *DATABASES, *HOSTS)
}
