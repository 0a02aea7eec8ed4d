"""The rule of the layout: main → ui → intake and never back, SQL in storage only, paper in documents only."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from pytest_archon import archrule

DATABASES = ("sqlite3*", "sqlite_utils*", "sqlcipher3*", "pysqlite3*", "PySide6.QtSql*")
ROOT = Path(__file__).resolve().parent.parent


def stands_on_the_standard_library_and_errors_only(_module: str, direct: set[str], _all: dict[str, set[str]]) -> bool:
    """Tell whether every import is of the standard library, of intake.errors or of intake.domain itself."""
    return all(
        name.partition(".")[0] in sys.stdlib_module_names or name == "intake.errors" or f"{name}.".startswith("intake.domain.")
        for name in direct
    )


def test_intake_never_imports_qt_or_the_window() -> None:
    """Everything the practice knows works without a window."""
    archrule("intake without a window").match("intake*").should_not_import("PySide6*", "shiboken6*", "ui", "ui.*", "main", "main.*").check(
        "intake"
    )


def test_the_window_never_imports_main() -> None:
    """Wiring stands above what it wires."""
    archrule("ui below main").match("ui*").should_not_import("main", "main.*").check("ui")


def test_the_domain_stands_on_the_standard_library_and_errors_only() -> None:
    """What a patient or a visit is depends on no library."""
    archrule("domain alone").match("intake.domain*").should(stands_on_the_standard_library_and_errors_only).check(
        "intake", only_direct_imports=True
    )


def test_errors_depend_on_nothing_of_ours() -> None:
    """An error can be raised from anywhere, so it imports nothing from anywhere."""
    archrule("errors alone").match("intake.errors").should_not_import("intake.*").check("intake")


def test_only_storage_speaks_sql() -> None:
    """No database module is imported outside intake.storage."""
    archrule("SQL in storage").match("intake*").exclude("intake.storage*").should_not_import(*DATABASES).check(
        "intake", only_direct_imports=True
    )


def test_only_documents_draw_paper() -> None:
    """No module but the documents' imports the PDF writer."""
    archrule("paper in documents").match("intake*").exclude("intake.documents*").should_not_import("reportlab*", "uharfbuzz*").check(
        "intake", only_direct_imports=True
    )


def test_documents_take_domain_objects_and_never_a_store() -> None:
    """A document can be drawn without a database, so an old one can be drawn again."""
    archrule("documents without a store").match("intake.documents*").should_not_import(
        "intake.storage*", "intake.actions*", *DATABASES
    ).check("intake")


def test_files_of_other_programs_are_read_without_a_store() -> None:
    """What a foreign file can reach is its own reader, and what that returns is judged by the actions."""
    archrule("interop without a store").match("intake.interop*").should_not_import("intake.storage*", "intake.actions*", *DATABASES).check(
        "intake"
    )


def test_what_reads_a_foreign_form_imports_nothing_of_ours() -> None:
    """It runs as a program of its own, which a harmful file may take over."""
    archrule("form reader alone").match("intake.interop.pdf_fields").should_not_import("intake.*").check("intake", only_direct_imports=True)


def test_storage_knows_no_use_case_and_no_paper() -> None:
    """Actions use storage; storage never uses actions."""
    archrule("storage below actions").match("intake.storage*").should_not_import(
        "intake.actions*", "intake.documents*", "intake.cli"
    ).check("intake")


def test_the_window_has_no_sql_and_no_paper_of_its_own() -> None:
    """The window asks intake for both."""
    archrule("ui without SQL and paper").match("ui*").should_not_import(*DATABASES, "reportlab*", "uharfbuzz*").check(
        "ui", only_direct_imports=True
    )


def test_main_wires_and_does_nothing_else() -> None:
    """main.py imports the standard library, Qt, ui and intake, and neither SQL nor paper."""
    tree = ast.parse((ROOT / "main.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    allowed = (sys.stdlib_module_names - {"sqlite3"}) | {"intake", "ui", "PySide6"}
    assert {name for name in imported if name.partition(".")[0] not in allowed} == set()
