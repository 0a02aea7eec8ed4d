"""All definitions together: the practice, what new visits are asked, and every version an old visit was asked with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.definitions.checklists import load_checklist
from intake.definitions.pain_regions import load_regions
from intake.definitions.practice import PRACTICE_FILE, current_versions, load_practice
from intake.definitions.resource_files import ResourceFiles
from intake.domain.checklist import Checklist
from intake.domain.pain import RegionSet
from intake.domain.practice import Practice
from intake.errors import ResourceError
from intake.paths import RESOURCES

__all__ = ["RESOURCES", "Definitions", "load_definitions"]

CHECKLISTS = "checklists"
REGIONS = "pain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What the practice has defined. ``checklist`` and ``regions`` are those of new visits, the mappings hold every version."""

    practice: Practice
    checklist: Checklist
    regions: RegionSet
    checklists: Mapping[str, Checklist]
    region_sets: Mapping[str, RegionSet]


def load_definitions(root: Path = RESOURCES, overrides: Path | None = None) -> Definitions:
    """Return everything under ``root``, a practice's own file of the same name first.

    Raises ResourceError with file, line and reason for the first file that is broken.
    """
    files = ResourceFiles(root=root, overrides=overrides)
    practice = load_practice(files)
    checklists = {version: load_checklist(files, version) for version in _versions(files, CHECKLISTS)}
    region_sets = {version: load_regions(files, version) for version in _versions(files, REGIONS)}
    checklist, regions = current_versions(files)
    for name, known in ((checklist, checklists), (regions, region_sets)):
        if name not in known:
            raise files.toml_node(PRACTICE_FILE).beside(name).broken(f"there is no file {name}.json")
    return Definitions(
        practice=practice,
        checklist=checklists[checklist],
        regions=region_sets[regions],
        checklists=checklists,
        region_sets=region_sets,
    )


def _versions(files: ResourceFiles, folder: str) -> list[str]:
    """Return the versions that have a file in a folder of either place."""
    places = [place / folder for place in (files.root, files.overrides) if place is not None]
    try:
        return sorted({path.stem for place in places for path in place.glob("*.json")})
    except OSError as error:
        raise ResourceError(folder, 0, "the folder cannot be read") from error
