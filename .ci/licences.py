"""The licences of all installed libraries; exit code 1 for one that this program could not be given out with.

Run with the environment of the checks. A library tells its licence as an SPDX expression, in a classifier, or in a line of its own.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions

GOOD = re.compile(
    r"MIT|BSD|Apache|ISC|Zlib|PSF|Python Software Foundation|MPL|Mozilla|HPND|Unlicense|CC0|LGPL|Public Domain|0BSD", re.IGNORECASE
)
BAD = re.compile(r"(?<!L)(?<!Lesser )\b(?:AGPL|GPL(?!.*(?:LGPL|exception)))\b", re.IGNORECASE)
BY_HAND = {"fhirpathpy": "MIT", "pip": "MIT", "setuptools": "MIT", "sqlcipher3": "zlib"}
"""What a library tells in the file of its licence only, read there."""


def licence(library: Distribution) -> str:
    """Return what a library says of its licence, "" when it says nothing."""
    about = library.metadata
    told = [
        *(about.get_all("License-Expression") or []),
        *(each for each in about.get_all("Classifier") or [] if each.startswith("License ::")),
    ]
    line = "".join(about.get_all("License") or []).strip().split("\n")[0]
    return " / ".join(each for each in (*told, line) if each) or BY_HAND.get(library.name.lower(), "")


def main() -> int:
    """Tell every one that is not among the good."""
    found = {library.name: licence(library) for library in distributions()}
    doubtful = {name: text for name, text in sorted(found.items()) if not GOOD.search(text) or (BAD.search(text) and "LGPL" not in text)}
    for name, text in doubtful.items():
        print(f"licence: {name}: {text or 'says nothing'}")
    print(f"licences: {len(doubtful)} of {len(found)} libraries are doubtful")
    return 1 if doubtful else 0


if __name__ == "__main__":
    sys.exit(main())
