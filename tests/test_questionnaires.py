"""No question of a questionnaire that belongs to others may be in the repository; only totals of them are recorded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("intake", "ui", "resources", "tests")
TEXTS = sorted(
    [*ROOT.glob("*.md"), ROOT / "main.py"]
    + [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".json", ".toml", ".sql", ".txt", ".md")]
)
RUN = 5
"""Words of a run that is looked for."""
MARKS = """
4d78256221 8269fe02b4 2b35cab5c7 21dd3a9d47 d175687bf4 1e0241fbff dfe8d8087b 975a6cd22d 478dfa7c35 07de0e3723 770c3f165e
1be3a78e72 9328d3761e 7b31d448d2 f84104dc2b c1a5af46da 60e3e1fc11 ca31ff5b71 4161fa87b6 29ea946421 377aa82359 042a57aab0
e4b37f8cbe dfd3ca2237 023216f700 5d9bdd7df9 903a612e14 1ff89e9768 50e322268f 5aa0805e38 234a8fec2b 7c82cab752 3cb9907b13
ff8a91c77d f90e4f07b0 7504893d79 ea4794d4c9 883afa609f 9190cabf98 5da4ec4614 604df9f017 f624232dc0 bf26ea912a 19fc0579ad
3c688074f9 b8ef05adbd df394e0b6c e44c7d0d95 a75c08dc15 29a6d1d474 eb3c468e42 027211fac7 2d48f78eb6 7249167a13 b5b69e6b3a
2dac27411e f9a5b3646a 51f3b7c056 e84c9317be b184bd990c 04f6becb1d e9016f3f5b 876d4d767b 770c2352a8 51f0f41f9d fd3d101792
858b042d5c ce86a9f3ab 9757235fd6 93d2320906 6e59006494 d1a698f3c5 8648eb000f 5932cc4c9e 4742bd3fb6 ba4d71632c 930b06a1e4
6b39b3368f 8f5c5407ce 39e3449923 a203f62e07 5e99605376 7dc44d3023 104a27a03c f1999e7e54 25bf0b41ad 81a61d64ea f2641da389
ead7ebc57f abbf5c98b0 2f73458a51 59f24d5896 1c78754498 b95bba21d3 81893bd00b df0aff4fa1 9d64df4edb c7e6ed5949 7db2ea860c
5b76edd0ef 2c95260b37 fab00113be 6e1bab4267 ec3d1bb603 eb655f707e 11579be6a3 ad70fa396d ec4785efd9 5a81c6e474 09eb5c901a
1f6ebed250 b11ad79860 cf1f081b40 e01a9f4924 6645fc4e8c b54d8aa46b e96f926144 4b0695f435 ce5ac6c84c 293e84ac22
"""
OWNED = frozenset(MARKS.split())
"""Runs of words of the Neck Disability Index, the Bournemouth, Copenhagen and Oswestry questionnaires and the Brief Pain Inventory.

They are kept as the beginnings of their SHA-256, because this file must not hold them either.
"""


def runs(text: str) -> Iterator[str]:
    """Yield the mark of every run of words, whatever case, signs and line ends are between them."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    for place in range(len(words) - RUN + 1):
        yield mark(" ".join(words[place : place + RUN]))


def mark(run: str) -> str:
    """Return what a run of words is known by."""
    return hashlib.sha256(run.encode()).hexdigest()[:10]


def test_the_search_finds_a_run_that_is_broken_over_lines() -> None:
    """A search that finds nothing would prove nothing."""
    planted = mark("the quick brown fox jumps")
    assert planted in set(runs('said: "The QUICK\n# brown-fox jumps", over'))
    assert planted not in set(runs("The quick brown dog jumps"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_holds_no_question_of_others(path: Path) -> None:
    """What may be shipped is a name, a range, a rule for missing items and a citation."""
    assert OWNED.isdisjoint(runs(path.read_text(encoding="utf-8")))
