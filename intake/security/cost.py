"""What guessing one password costs: Argon2id's parameters, tuned to the machine.

Source of the least that is taken: RFC 9106, 4, second recommended option (64 MiB, three passes, four lanes).
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

KEY_BYTES = 32
SALT_BYTES = 16
AIM_S = 0.3
"""How long a try should take: between 0.2 and 0.5 s."""
MOST_MEMORY_KIB = 1 << 18
MOST_PASSES = 16
MOST_LANES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Memory in KiB, how often it is passed over, and in how many lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def derive(self, secret: bytes, salt: bytes) -> bytes:
        """Return the 32 bytes that this secret and salt make: Argon2id, version 1.3."""
        return hash_secret_raw(
            secret, salt, time_cost=self.passes, memory_cost=self.memory_kib, parallelism=self.lanes, hash_len=KEY_BYTES, type=Type.ID
        )

    def bearable(self) -> bool:
        """Tell whether a machine can be asked for it: a file that was tampered with must not make the program hang."""
        fits = 8 * self.lanes <= self.memory_kib <= MOST_MEMORY_KIB and 1 <= self.passes <= MOST_PASSES and 1 <= self.lanes <= MOST_LANES
        return fits and self.work() <= LEAST.memory_kib * MOST_PASSES

    def work(self) -> int:
        """Return how much memory is passed over in all, in KiB: what a try takes on any one machine."""
        return self.memory_kib * self.passes


LEAST = Cost(memory_kib=65_536, passes=3, lanes=4)
_chosen: list[Cost] = []


def tuned_cost() -> Cost:
    """Return the cost of new slots on this machine; it is measured once, and never under :data:`LEAST`."""
    if not _chosen:
        once = Cost(memory_kib=LEAST.memory_kib, passes=1, lanes=LEAST.lanes)
        best_s = min(_timed(once) for _ in range(3))
        passes = max(LEAST.passes, min(MOST_PASSES, round(AIM_S / best_s)))
        _chosen.append(Cost(memory_kib=LEAST.memory_kib, passes=passes, lanes=LEAST.lanes))
    return _chosen[0]


def use_cost(cost: Cost) -> None:
    """Use this cost for new slots from now on instead of a measured one."""
    _chosen[:] = [cost]


def _timed(cost: Cost) -> float:
    begun = time.perf_counter()
    cost.derive(b"how long does this take", bytes(SALT_BYTES))
    return time.perf_counter() - begun
