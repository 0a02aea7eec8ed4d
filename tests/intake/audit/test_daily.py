"""The daily sheet's numbers, and that it names nobody."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest

from intake.actions.daily import count_day, make_daily_sheet
from intake.actions.labels import Way
from intake.actions.visits import change_status
from intake.definitions.bundle import Definitions
from intake.domain.coverage import Coverage
from intake.domain.daily import Visits
from intake.domain.visits import Status
from intake.errors import InvalidInputError
from tests.factories import NOW, TODAY, a_patient, a_store, a_visit, an_admin, an_intake, save


def test_the_day_is_counted_at_one_clinic(tmp_path: Path, definitions: Definitions) -> None:
    """Who came and where they stand; refused sign-ins and entries of the day; the last link as it is now."""
    store = a_store(tmp_path / "data")
    admin = an_admin(store)
    first = save(store, admin, definitions)
    omar = a_patient(legal_last="Example", legal_first="Omar", dob=date(1971, 7, 9), phone="+17325550101", email=None)
    other = an_intake(definitions, patient=omar, visit=a_visit(payment="self_pay", primary=Coverage()))
    save(store, admin, definitions, intake=other, now=NOW + timedelta(minutes=1))
    change_status(store, admin, first.visit_id, Status.WITH_CLINICIAN, now=NOW + timedelta(minutes=2))
    with store.transaction():
        store.audit.add(admin, "sign_in", at=NOW + timedelta(minutes=3), outcome="refused")
    day = count_day(store, admin, day=TODAY, location="loc.edison", definitions=definitions, now=NOW + timedelta(hours=8))
    assert day.visits == Visits(came=2, waiting=1, with_clinician=1, finished=0, left=0, signed=0)
    assert (day.refused, day.check, day.last) == (1, None, store.audit.last())
    elsewhere = count_day(store, admin, day=TODAY, location="loc.union", definitions=definitions, now=NOW)
    assert (elsewhere.visits.came, elsewhere.entries) == (0, day.entries)
    before = count_day(store, admin, day=TODAY - timedelta(days=1), location="loc.edison", definitions=definitions, now=NOW)
    assert (before.visits.came, before.entries, before.refused) == (0, 0, 0)
    store.close()


def test_the_sheet_names_no_patient_and_is_recorded(tmp_path: Path, definitions: Definitions) -> None:
    """One page with the link it was made at; a clinic there is not is refused."""
    store = a_store(tmp_path / "data")
    admin = an_admin(store)
    save(store, admin, definitions)
    link = store.audit.last()
    assert link is not None
    way = Way(how="file", target="file", location="loc.edison", training=False)
    content = make_daily_sheet(store, admin, TODAY, way, definitions=definitions, now=NOW)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert link.text() in text
    assert "Sample, Ana" not in text
    row = store._connection.execute("SELECT json_extract(changes, '$.link[1]') FROM audit WHERE action = 'export_daily_sheet'").fetchone()
    assert row == (link.text(),)
    with pytest.raises(InvalidInputError):
        count_day(store, admin, day=TODAY, location="loc.nowhere", definitions=definitions, now=NOW)
    store.close()
