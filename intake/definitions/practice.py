"""The practice and its clinics, read from ``practice.toml`` and ``locations.toml``."""

from __future__ import annotations

import re
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from intake.definitions.logo import read_logo
from intake.definitions.node import Node
from intake.definitions.resource_files import ResourceFiles
from intake.domain.practice import Letterhead, Location, Practice
from intake.domain.retention import LEGAL_YEARS
from intake.errors import IntakeError, ResourceError

PRACTICE_FILE: Final = "practice.toml"
LOCATIONS_FILE: Final = "locations.toml"
MOST_YEARS: Final = 100
LOGO_FAULTS: Final = {
    "logo_too_large": "it is larger than 1 MB",
    "logo_not_a_picture": "it is neither a PNG nor a JPEG picture",
    "logo_too_many_pixels": "it is more than 2000 pixels wide or high",
    "logo_damaged": "it is damaged and cannot be read to its end",
}
_KEY = re.compile(r"loc\.[a-z][a-z0-9_]*", re.ASCII)
_ZIP = re.compile(r"\d{5}", re.ASCII)
_STATE = re.compile(r"[A-Z]{2}", re.ASCII)


def load_practice(files: ResourceFiles) -> Practice:
    """Return the practice; ResourceError names file, line and reason when one of its two files is broken."""
    root = files.toml_node(PRACTICE_FILE)
    return Practice(
        name=_string(root, "name"),
        locations=_locations(files.toml_node(LOCATIONS_FILE), _letterhead(files, root)),
        privacy_version=_string(root, "privacy_version"),
        consent_version=_string(root, "consent_version"),
        waiting_warning_min=_minutes(root),
        time_zone=_time_zone(root),
        retention_years=_retention_years(root),
    )


def current_versions(files: ResourceFiles) -> tuple[str, str]:
    """Return the names of the checklist and of the region set that new visits use."""
    root = files.toml_node(PRACTICE_FILE)
    return _string(root, "checklist"), _string(root, "regions")


def _letterhead(files: ResourceFiles, root: Node) -> Letterhead:
    """Return the practice's lines and its logo, as far as its file tells of them."""
    lines = tuple(part.beside("lines").string().strip() for part in root.child("lines").parts()) if root.has("lines") else ()
    if not root.has("logo"):
        return Letterhead(lines=lines)
    node = root.child("logo").beside("logo")
    try:
        return Letterhead(lines=lines, logo=read_logo(files.content(node.string())))
    except ResourceError as error:
        raise node.broken(f"{node.string()}: {error.facts['reason']}") from error
    except IntakeError as error:
        raise node.broken(f"{node.string()} cannot be used as a logo: {LOGO_FAULTS[error.code]}") from error


def _locations(root: Node, letterhead: Letterhead) -> tuple[Location, ...]:
    locations = tuple(_location(part, letterhead) for part in root.children("location"))
    if not any(location.active for location in locations):
        raise root.broken("no clinic is active")
    keys = [location.key for location in locations]
    for key in keys:
        if keys.count(key) > 1:
            raise root.beside(key).broken(f"{key} is given twice")
    return locations


def _location(part: Node, letterhead: Letterhead) -> Location:
    key = part.child("key").string()
    node = part.beside(key)
    if not _KEY.fullmatch(key):
        raise node.broken("a key of a clinic looks like loc.edison")
    return Location(
        key=key,
        name=_string(node, "name"),
        line1=_string(node, "line1"),
        suite=_told(node, "suite"),
        city=_string(node, "city"),
        state=_shaped(node, "state", _STATE, "two capital letters"),
        zip_code=_shaped(node, "zip_code", _ZIP, "five digits in quotes"),
        phone=_told(node, "phone"),
        fax=_told(node, "fax"),
        hours=_told(node, "hours"),
        active=node.flag("active"),
        letterhead=letterhead,
    )


def _string(node: Node, key: str) -> str:
    return node.child(key).beside(node.near or key).string().strip()


def _told(node: Node, key: str) -> str | None:
    return _string(node, key) if node.has(key) else None


def _shaped(node: Node, key: str, shape: re.Pattern[str], wanted: str) -> str:
    text = _string(node, key)
    if not shape.fullmatch(text):
        raise node.broken(f"{key}: {wanted} expected")
    return text


def _minutes(root: Node) -> int:
    node = root.child("waiting_warning_min").beside("waiting_warning_min")
    if (minutes := node.integer()) < 1:
        raise node.broken("a number of minutes from 1 is expected")
    return minutes


def _retention_years(root: Node) -> int:
    if not root.has("retention_years"):
        return LEGAL_YEARS
    node = root.child("retention_years").beside("retention_years")
    if not LEGAL_YEARS <= (years := node.integer()) <= MOST_YEARS:
        raise node.broken(f"a number of years from {LEGAL_YEARS} is expected")
    return years


def _time_zone(root: Node) -> str:
    name = _string(root, "time_zone")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise root.beside("time_zone").broken("no such time zone") from error
    return name
