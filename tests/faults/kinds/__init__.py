"""The kinds of work that are killed and lose their power, by name. A new kind is one module here and one line in this table."""

from __future__ import annotations

from tests.faults.kinds.backup import BACKUP
from tests.faults.kinds.intake import INTAKE
from tests.faults.kinds.migration import MIGRATION
from tests.faults.kinds.print_run import PRINT_RUN
from tests.faults.kinds.removal import REMOVAL
from tests.faults.kinds.restore import RESTORING
from tests.faults.kinds.rotation import ROTATION
from tests.faults.kinds.set_up import SET_UP
from tests.faults.kinds.sign import SIGN

SCENARIOS = {each.name: each for each in (INTAKE, SIGN, PRINT_RUN, BACKUP, MIGRATION, ROTATION, SET_UP, RESTORING, REMOVAL)}
