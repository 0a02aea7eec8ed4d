"""The home-care sheet in both languages, read from a versioned file under ``homecare/``."""

from __future__ import annotations

from typing import Final

from intake.definitions.node import Node
from intake.definitions.resource_files import ResourceFiles
from intake.domain.review_form import Advice, HomeCare
from intake.domain.text import Text

HOME_CARE: Final = "homecare"


def load_home_care(files: ResourceFiles, version: str) -> HomeCare:
    """Return one version of the home-care sheet; ResourceError names file, line and reason when its file is broken."""
    root = files.toml_node(f"{HOME_CARE}/{version}.toml")
    root.child("version").beside("version").one_of((version,))
    advice = tuple(_advice(part) for part in root.child("advice").parts())
    treatments = [each.treatment for each in advice if each.treatment]
    for treatment in treatments:
        if treatments.count(treatment) > 1:
            raise root.beside(treatment).broken(f"the treatment {treatment} is given twice")
    return HomeCare(
        version=version,
        title=_text(root.child("title").beside("[title]")),
        intro=_text(root.child("intro").beside("[intro]")),
        advice=advice,
        closing=tuple(_text(part.beside("[[closing]]")) for part in root.child("closing").parts()),
    )


def _advice(part: Node) -> Advice:
    heading = _text(part.child("heading"))
    node = part.beside(heading.en)
    treatment = node.child("treatment").value
    if not isinstance(treatment, str):
        raise node.broken('treatment: a key of the review form, or "" for everybody')
    sentences = tuple(_text(each) for each in node.child("sentences").parts())
    if not sentences:
        raise node.broken("there is nothing to read under this heading")
    return Advice(treatment=treatment, heading=heading, sentences=sentences, source=node.child("source").string())


def _text(node: Node) -> Text:
    return Text(en=node.child("en").string().strip(), es=node.child("es").string().strip())
