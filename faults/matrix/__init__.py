"""All faults, by name, in the order of the table."""

from faults.fault import Fault
from faults.matrix.backups import BACKUPS
from faults.matrix.callbacks import CALLBACKS
from faults.matrix.databases import DATABASES
from faults.matrix.deaths import DEATHS
from faults.matrix.gateways import GATEWAYS
from faults.matrix.hosts import HOSTS
from faults.matrix.migrations import MIGRATIONS
from faults.matrix.presses import PRESSES
from faults.matrix.provider import PROVIDER
from faults.matrix.proxies import PROXIES
from faults.matrix.steps import STEPS

ALL = (
    *DEATHS,
    *STEPS,
    *PROVIDER,
    *GATEWAYS,
    *CALLBACKS,
    *DATABASES,
    *PRESSES,
    *MIGRATIONS,
    *BACKUPS,
    *HOSTS,
    *PROXIES,
)
MATRIX: dict[str, Fault] = {fault.name: fault for fault in ALL}
