"""The practice and its clinics, as its resource files tell them."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One clinic. ``phone``, ``fax`` and ``hours`` are None when the practice has not told them; they are never made up."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The practice: its name on paper, its clinics in their fixed order, the versions of its notices, its waiting limit."""

    name: str
    locations: tuple[Location, ...]
    privacy_version: str
    consent_version: str
    waiting_warning_min: int
    time_zone: str

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
