"""The practice and its clinics, as its resource files tell them."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from intake.domain.retention import LEGAL_YEARS


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture ready for paper: a PNG of nothing but its pixels, and how many they are."""

    png: bytes
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What the practice puts at the head of every clinic's papers: its logo, and the lines on which all of it is reached."""

    logo: Logo | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One clinic, and what the practice puts at the head of its papers.

    ``phone``, ``fax`` and ``hours`` are None when the practice has not told them; they are never made up.
    """

    key: str
    name: str
    line1: str
    suite: str | None
    city: str
    state: str
    zip_code: str
    phone: str | None
    fax: str | None
    hours: str | None
    active: bool
    letterhead: Letterhead = Letterhead()


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The practice: its name on paper, its clinics in their fixed order, the versions of its notices, its waiting limit.

    ``retention_years`` is how long it keeps records, from their newest entry.
    """

    name: str
    locations: tuple[Location, ...]
    privacy_version: str
    consent_version: str
    waiting_warning_min: int
    time_zone: str
    retention_years: int = LEGAL_YEARS

    def location(self, key: str) -> Location:
        """Return the clinic with this key. Raises KeyError."""
        for location in self.locations:
            if location.key == key:
                return location
        raise KeyError(key)

    def zone(self) -> ZoneInfo:
        """Return the zone in which the practice's days begin and end."""
        return ZoneInfo(self.time_zone)

    def active(self) -> tuple[Location, ...]:
        """Return the clinics that take visits."""
        return tuple(location for location in self.locations if location.active)
