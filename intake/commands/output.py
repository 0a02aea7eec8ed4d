"""What a command says: JSON lines for programs on standard output, sentences for people on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping

from intake.definitions.bundle import Definitions
from intake.entry.answers import on_one_line
from intake.errors import Problem
from intake.wording import label_of, text_of


def put_line(line: Mapping[str, object]) -> None:
    """Write one JSON line for the program that reads."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def tell(sentence: str) -> None:
    """Write one sentence for the person who reads."""
    sys.stderr.write(f"{sentence}\n")


def tell_problems(problems: Iterable[Problem], *, file: str = "", definitions: Definitions | None = None, **facts: str | int) -> None:
    """Write each problem with its file, its field and what to do about it; a warning says that it is one."""
    for problem in problems:
        label = label_of(problem.field, definitions) if definitions else problem.field
        called = f"{problem.field} ({label})" if label != problem.field else problem.field
        place = f"{on_one_line(file)}: {called}" if file else called
        tell(f"{place}: {'note: ' if problem.level == 'warning' else ''}{text_of(problem, **facts)}")
