"""The JSON Schema that ships with the program."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from intake.definitions.bundle import RESOURCES, Definitions
from intake.entry.schema import FILE, intake_schema, schema_text
from intake.example import EXAMPLE

TYPES: dict[str, type | tuple[type, ...]] = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}


def faults(schema: dict[str, Any], value: Any, place: str = "") -> list[str]:
    """Return what a value breaks of the keywords that the schema uses."""
    types = schema.get("type", list(TYPES))
    if not isinstance(value, tuple(TYPES[name] for name in ([types] if isinstance(types, str) else types))):
        return [f"{place}: type"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{place}: enum"]
    found = []
    if isinstance(value, dict):
        found += [f"{place}.{key}: required" for key in schema.get("required", []) if key not in value]
        found += [f"{place}.{key}: unknown" for key in value if key not in schema["properties"]]
        known = [key for key in value if key in schema["properties"]]
        found += [fault for key in known for fault in faults(schema["properties"][key], value[key], f"{place}.{key}")]
    if isinstance(value, list):
        found += [fault for index, part in enumerate(value) for fault in faults(schema["items"], part, f"{place}.{index}")]
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        found.append(f"{place}: maxLength")
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        found.append(f"{place}: range")
    return found


def test_the_file_equals_what_the_definitions_say(definitions: Definitions) -> None:
    """A field that was added is in the schema too; `python -m intake.entry.schema` writes it anew."""
    assert (RESOURCES / FILE).read_text(encoding="utf-8") == schema_text(definitions)


def test_the_example_fits_the_schema(definitions: Definitions) -> None:
    """The pattern and the rule agree."""
    assert faults(intake_schema(definitions), EXAMPLE) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda raw: raw["patient"].pop("legal_last"), ".patient.legal_last: required"),
        (lambda raw: raw["patient"].update(shoe_size="9"), ".patient.shoe_size: unknown"),
        (lambda raw: raw["answers"].update({"sx.pain.nprs_now": 11}), ".answers.sx.pain.nprs_now: range"),
        (lambda raw: raw["answers"].update({"sx.twitching": "maybe"}), ".answers.sx.twitching: enum"),
        (lambda raw: raw["visit"].update(location="loc.nowhere"), ".visit.location: enum"),
        (lambda raw: raw["pain_drawing"].append({"region": "tail", "kind": "aching"}), ".pain_drawing.3.region: enum"),
        (lambda raw: raw["visit"].update(reason="x" * 40_001), ".visit.reason: maxLength"),
    ],
)
def test_the_schema_refuses_what_add_refuses(definitions: Definitions, change: Any, fault: str) -> None:
    """A program that checks first learns of the same faults."""
    raw = copy.deepcopy(EXAMPLE)
    change(raw)
    assert faults(intake_schema(definitions), raw) == [fault]
