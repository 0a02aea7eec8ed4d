"""``example``: an intake to begin with."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from intake.example import EXAMPLE


def example(_options: Namespace) -> int:
    """Put one complete intake, in lines that are easy to edit."""
    sys.stdout.write(json.dumps(EXAMPLE, ensure_ascii=False, indent=2) + "\n")
    return 0
