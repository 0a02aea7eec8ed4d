"""What a template must keep to: nothing is asked in vain, and nothing is told of a person's health without consent or purpose."""

from __future__ import annotations

from intake.definitions.node import Node
from intake.domain.letters import OPEN_SOURCES, FieldKind, Part, Template


def check_template(root: Node, template: Template) -> None:
    """Raise ResourceError with file, line and reason when a template breaks one of its rules."""
    if not (template.languages and template.parts):
        raise root.beside("languages").broken("a language and a paragraph are needed")
    if not template.basis:
        if not template.own_words:
            raise root.beside("version").broken("own_words: without a basis, a text of one's own needs a consent")
        for part in (*template.about, *template.parts):
            _refuse_untold(root, template, part)
    _refuse_vain_fields(root, template)


def _refuse_vain_fields(root: Node, template: Template) -> None:
    """Refuse a field that is asked and stands nowhere."""
    parts = (*template.about, *template.parts)
    used = {key for part in parts for key in (*part.keys, *part.needs, part.consent)}
    used |= {template.own_words, template.recipient, template.address}
    for each in template.fields:
        if each.key not in used:
            raise root.beside(f'key = "{each.key}"').broken(f"the field {each.key} stands nowhere in the letter")
        if each.kind is FieldKind.CONSENT and each.required:
            raise root.beside(f'key = "{each.key}"').broken("a consent is never required: without one, less is said")


def _refuse_untold(root: Node, template: Template, part: Part) -> None:
    """Refuse a paragraph that tells more than that somebody was here, unless the patient is asked for it."""
    if part.consent:
        return
    for key in (*part.keys, *part.needs):
        if template.field(key).source not in OPEN_SOURCES:
            raise root.beside(part.text.en).broken(f"{key} may be told with a consent only: name one, or give the template a basis")
