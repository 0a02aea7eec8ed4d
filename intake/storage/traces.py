"""What the tables themselves tell of a request that cannot be, and which rows need no seal because other ones account for them."""

from __future__ import annotations

from typing import Final

from intake.storage.driver import Connection

_SIGNED = (
    "CASE request.waits_for WHEN 'visit' THEN EXISTS (SELECT 1 FROM review WHERE review.visit_id = request.visit_id)"
    " WHEN 'letter' THEN EXISTS (SELECT 1 FROM letter_signature WHERE letter_signature.request_id = request.id) END"
)
_STATE = (
    "(SELECT what FROM request_step WHERE request_step.request_id = request.id AND what IN"
    " ('requested', 'waiting', 'ready', 'printed', 'delivered', 'withdrawn') ORDER BY number DESC LIMIT 1)"
)
_PRINTED = (
    "(SELECT at FROM request_step WHERE request_step.request_id = request.id AND request_step.what = 'printed'"
    " ORDER BY number DESC LIMIT 1)"
)
_BACKWARDS = (
    "EXISTS (SELECT 1 FROM request_step AS later JOIN request_step AS former ON former.request_id = later.request_id"
    " AND former.number < later.number AND former.at > later.at WHERE later.request_id = request.id"
    " AND later.what IN ('printed', 'delivered', 'withdrawn', 'delayed', 'changed'))"
)
IMPOSSIBLE: Final = (
    "SELECT request.id FROM request LEFT JOIN handover ON handover.request_id = request.id WHERE"  # noqa: S608 - our own words
    f" request.state IS NOT {_STATE} OR request.printed_at IS NOT {_PRINTED} OR handover.at IS NOT request.delivered_at"
    " OR (SELECT count(*) <> coalesce(max(number), 0) FROM request_step WHERE request_step.request_id = request.id)"
    " OR (request.state = 'delivered' AND request.due_at < request.delivered_at AND handover.late_reason = '')"
    f" OR (request.state IN ('ready', 'printed', 'delivered') AND {_SIGNED} = 0) OR (request.state = 'waiting' AND {_SIGNED})"
    " OR (request.state IN ('printed', 'delivered') AND NOT EXISTS (SELECT 1 FROM document"
    " WHERE document.request_id = request.id AND document.preliminary = 0))"
    f" OR request.printed_at < request.opened_at OR handover.at < request.printed_at OR {_BACKWARDS} ORDER BY request.id"
)
"""Also what happened before what comes after it: a clock that was set back, or a row that was."""
SIGNED_STEPS: Final = (
    "SELECT step.request_id || '.' || step.number FROM request_step AS step JOIN request ON request.id = step.request_id WHERE"
    " (step.what = 'ready' AND step.words = '' AND request.waits_for = 'visit' AND EXISTS (SELECT 1 FROM review"
    " WHERE review.visit_id = request.visit_id AND review.staff_id = step.staff_id AND review.at = step.at))"
    " OR (step.what = 'ready' AND step.words = '' AND EXISTS (SELECT 1 FROM letter_signature AS signed"
    " WHERE signed.request_id = request.id AND signed.staff_id = step.staff_id AND signed.at = step.at))"
    " OR (step.what = 'delivered' AND EXISTS (SELECT 1 FROM handover WHERE handover.request_id = request.id"
    " AND handover.staff_id = step.staff_id AND handover.at = step.at AND handover.late_reason = step.words))"
    " OR (step.what = 'waiting' AND step.words = '' AND step.number = 1 AND request.asked_by = 'visit'"
    " AND step.at = request.opened_at AND step.staff_id = request.opened_by)"
)
"""A trigger wrote them: the signature, the handover or the visit they tell of is known by itself."""
NOTES_OF_BEFORE: Final = (
    "SELECT request.id FROM request JOIN visit ON visit.id = request.visit_id WHERE request.kind = 'visit_note'"
    " AND request.paper = 'visit_note' AND request.waits_for = 'visit' AND request.task = 'print_note'"
    " AND request.asked_by = 'visit' AND request.leaves_by = 'hand'"
    " AND request.recipient = '' AND request.address = '' AND request.purpose = 'to_patient' AND request.language = 'en'"
    " AND request.patient_id = visit.patient_id AND request.location = visit.location AND request.opened_at = visit.arrived_at"
    " AND request.opened_by = visit.recorded_by AND request.due_at ="
    " coalesce(strftime('%Y-%m-%dT%H:%M:%f+00:00', visit.arrived_at, '+24 hours'), visit.arrived_at)"
)
"""As the update of the store promised them; their visit tells all that is in them."""
PAPERS_OF_BEFORE: Final = (
    "SELECT document.id FROM document WHERE document.request_id IS NULL AND document.content IS NULL AND document.copy_of IS NULL"
    " AND document.stamp = '' AND document.how = 'file' AND document.target = '' AND document.language = 'en'"
    " AND document.preliminary = (document.kind <> 'intake_form' AND document.version = 0)"
    " AND EXISTS (SELECT 1 FROM audit WHERE json_extract(audit.changes, '$.sha256[1]') = +document.sha256"
    " AND audit.patient_id = document.patient_id AND audit.visit_id IS document.visit_id AND audit.staff_id = document.staff_id"
    " AND audit.at = document.at AND audit.action IN (CASE document.kind WHEN 'intake_form' THEN 'print_intake'"
    " WHEN 'visit_note' THEN 'print_note' ELSE 'print_homecare' END, CASE document.kind WHEN 'intake_form' THEN 'pdf_intake'"
    " WHEN 'visit_note' THEN 'pdf_note' ELSE 'pdf_homecare' END))"
)
"""What left before bytes were kept, as the audit told it then. The plus takes the affinity off, else no index would be used."""
ACCOUNTS_OF_BEFORE: Final = "SELECT id FROM staff WHERE slot LIKE '$argon2id$%' AND NOT EXISTS (SELECT 1 FROM signer)"
"""From before there were slots: nobody signs in by one until it was given a slot, and was sealed with it. That is done before the
first sign-in: a row that looks like one in a store in which somebody signs was put there."""
_ACCOUNTED: Final = {
    "request": NOTES_OF_BEFORE, "request_step": SIGNED_STEPS, "document": PAPERS_OF_BEFORE, "staff": ACCOUNTS_OF_BEFORE,
}  # fmt: skip


class Traces:
    """The reading of requests and documents that a check needs."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def impossible(self) -> tuple[int, ...]:
        """Return the ids of requests that stand where nothing led, or where what led there happened in no possible order."""
        return tuple(row[0] for row in self._connection.execute(IMPOSSIBLE))

    def accounted(self, table: str) -> set[str]:
        """Return the names of the rows of a table that nobody sealed and that other rows account for."""
        sql = _ACCOUNTED.get(table)
        return set() if sql is None else {str(row[0]) for row in self._connection.execute(sql)}
