-- The end of a record. Nothing of a patient goes before the legal time is over, and then only all of it at once, after two
-- accounts gave their consent: the triggers see to that, whoever asks. The audit stays.

-- Entries of the audit outlive what they tell of. Only what the schema says changes, no row does.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(sql, ' REFERENCES patient', ''), ' REFERENCES visit', '')
    WHERE type = 'table' AND name = 'audit';
PRAGMA writable_schema = RESET;

CREATE INDEX audit_removals ON audit (patient_id) WHERE action = 'remove_record';
CREATE INDEX patient_by_change ON patient (changed_at, id);
CREATE INDEX call_by_visit ON call (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX draft_by_patient ON draft (patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX print_job_by_request ON print_job (request_id) WHERE request_id IS NOT NULL;

-- Every birth date a patient ever had, and what it became: one that was put right counts no more once the audit tells of it, as often
-- as it happened.
CREATE TABLE former_dob (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient,
    dob TEXT NOT NULL,
    became TEXT NOT NULL
) STRICT;

CREATE INDEX former_dob_by_patient ON former_dob (patient_id);

CREATE TRIGGER patient_dob_changed AFTER UPDATE OF dob ON patient WHEN OLD.dob IS NOT NEW.dob BEGIN
    INSERT INTO former_dob (patient_id, dob, became) VALUES (NEW.id, OLD.dob, NEW.dob);
END;

-- A record that is kept whatever its age, until somebody says that it need not be any more.
CREATE TABLE keep (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient,
    reason TEXT NOT NULL CHECK (trim(reason) <> '' AND length(reason) <= 2000),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    ended_by INTEGER REFERENCES staff,
    ended_at TEXT,
    ended_why TEXT CHECK (trim(ended_why) <> '' AND length(ended_why) <= 2000),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL) = (ended_why IS NULL))
) STRICT;

CREATE UNIQUE INDEX keep_open ON keep (patient_id) WHERE ended_at IS NULL;

-- A removal names the patient by number alone, so that it can tell of it afterwards. years: how long the practice keeps records.
CREATE TABLE removal (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL,
    years INTEGER NOT NULL CHECK (years >= 7),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    withdrawn_by INTEGER REFERENCES staff,
    withdrawn_at TEXT,
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX removal_open ON removal (patient_id) WHERE withdrawn_at IS NULL;

-- The copy that was written out of the store, by the SHA-256 of its two files.
CREATE TABLE removal_export (
    removal_id INTEGER NOT NULL REFERENCES removal,
    number INTEGER NOT NULL CHECK (number >= 1),
    pdf_sha256 TEXT NOT NULL CHECK (length(pdf_sha256) = 64),
    rows_sha256 TEXT NOT NULL CHECK (length(rows_sha256) = 64),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    PRIMARY KEY (removal_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE removal_consent (
    removal_id INTEGER NOT NULL REFERENCES removal,
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    PRIMARY KEY (removal_id, staff_id)
) STRICT, WITHOUT ROWID;

-- A row put in here takes the patient away with all that hangs on it, in the same statement. done is 0 only within that statement.
CREATE TABLE removed (
    patient_id INTEGER PRIMARY KEY,
    removal_id INTEGER NOT NULL UNIQUE REFERENCES removal,
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
) STRICT;

-- When the newest entry of a patient was made, in any table or by the audit (to look at a record is no entry of it), and the latest
-- birth date that counts.
CREATE VIEW reckoning (patient_id, last_at, dob) AS SELECT patient.id,
    (SELECT max(at) FROM (
        SELECT patient.created_at AS at
        UNION ALL SELECT patient.changed_at
        UNION ALL SELECT max(arrived_at, status_at, recorded_at) FROM visit WHERE patient_id = patient.id
        UNION ALL SELECT prompt.raised_at FROM visit JOIN prompt ON prompt.visit_id = visit.id WHERE visit.patient_id = patient.id
        UNION ALL SELECT acknowledgement.at FROM visit JOIN prompt ON prompt.visit_id = visit.id
            JOIN acknowledgement ON acknowledgement.prompt_id = prompt.id WHERE visit.patient_id = patient.id
        UNION ALL SELECT correction.at FROM visit JOIN correction ON correction.visit_id = visit.id WHERE visit.patient_id = patient.id
        UNION ALL SELECT review.at FROM visit JOIN review ON review.visit_id = visit.id WHERE visit.patient_id = patient.id
        UNION ALL SELECT addendum.at FROM visit JOIN addendum ON addendum.visit_id = visit.id WHERE visit.patient_id = patient.id
        UNION ALL SELECT note_draft.updated_at FROM visit JOIN note_draft ON note_draft.visit_id = visit.id
            WHERE visit.patient_id = patient.id
        UNION ALL SELECT hold.since FROM visit JOIN hold ON hold.visit_id = visit.id WHERE visit.patient_id = patient.id
        UNION ALL SELECT call.at FROM visit JOIN call ON call.visit_id = visit.id WHERE visit.patient_id = patient.id
        UNION ALL SELECT call.answered_at FROM visit JOIN call ON call.visit_id = visit.id WHERE visit.patient_id = patient.id
        UNION ALL SELECT at FROM amendment WHERE patient_id = patient.id
        UNION ALL SELECT amendment_step.at FROM amendment JOIN amendment_step ON amendment_step.amendment_id = amendment.id
            WHERE amendment.patient_id = patient.id
        UNION ALL SELECT updated_at FROM draft WHERE patient_id = patient.id
        UNION ALL SELECT max(opened_at, coalesce(printed_at, ''), coalesce(delivered_at, '')) FROM request WHERE patient_id = patient.id
        UNION ALL SELECT request_step.at FROM request JOIN request_step ON request_step.request_id = request.id
            WHERE request.patient_id = patient.id
        UNION ALL SELECT letter.at FROM request JOIN letter ON letter.request_id = request.id WHERE request.patient_id = patient.id
        UNION ALL SELECT letter_aside.at FROM request JOIN letter_aside ON letter_aside.request_id = request.id
            WHERE request.patient_id = patient.id
        UNION ALL SELECT letter_signature.at FROM request JOIN letter_signature ON letter_signature.request_id = request.id
            WHERE request.patient_id = patient.id
        UNION ALL SELECT handover.at FROM request JOIN handover ON handover.request_id = request.id WHERE request.patient_id = patient.id
        UNION ALL SELECT print_job.at FROM request JOIN print_job ON print_job.request_id = request.id
            WHERE request.patient_id = patient.id
        UNION ALL SELECT print_job.at FROM document JOIN print_job ON print_job.document_id = document.id
            WHERE document.patient_id = patient.id
        UNION ALL SELECT at FROM document WHERE patient_id = patient.id
        UNION ALL SELECT at FROM disclosure WHERE patient_id = patient.id
        UNION ALL SELECT at FROM audit WHERE patient_id = patient.id AND action NOT IN (
            'open_patient', 'open_visit', 'read_chart', 'open_chart', 'leave_chart', 'open_letter', 'see_document',
            'see_amendments', 'see_requests', 'see_access', 'print_access', 'export_access', 'see_audit', 'export_audit',
            'preview_document', 'verify_document', 'account_disclosures', 'keep_record', 'keep_no_more', 'propose_removal',
            'withdraw_removal', 'export_removal', 'consent_to_removal', 'remove_record')
    )),
    max(patient.dob, coalesce((
        SELECT max(former_dob.dob) FROM former_dob WHERE former_dob.patient_id = patient.id AND (
            SELECT count(*) FROM former_dob AS same WHERE same.patient_id = patient.id AND same.id <= former_dob.id
                AND (same.dob, same.became) = (former_dob.dob, former_dob.became)
        ) > (
            SELECT count(*) FROM audit WHERE audit.patient_id = patient.id AND audit.action = 'edit_patient'
                AND json_extract(audit.changes, '$."patient.dob"[0]') = former_dob.dob
                AND json_extract(audit.changes, '$."patient.dob"[1]') = former_dob.became
        )
    ), ''))
    FROM patient;

-- A number is given once: what holds the last one of its kind stays until there is a later one.
CREATE VIEW last_number (patient_id) AS
    SELECT max(id) FROM patient
    UNION SELECT patient_id FROM visit WHERE id = (SELECT max(id) FROM visit)
    UNION SELECT patient_id FROM request WHERE id = (SELECT max(id) FROM request)
    UNION SELECT patient_id FROM document WHERE id = (SELECT max(id) FROM document)
    UNION SELECT patient_id FROM disclosure WHERE id = (SELECT max(id) FROM disclosure);

-- The legal time is reckoned three times, by the clock of the machine too: seven years from the newest entry, and from the 18th
-- birthday. The day on which they end is still one of them.

CREATE TRIGGER removal_when_due BEFORE INSERT ON removal WHEN
    NOT EXISTS (
        SELECT 1 FROM reckoning WHERE patient_id = NEW.patient_id
            AND date(last_at, '+' || NEW.years || ' years', '+1 day') <= min(date('now'), date(NEW.at))
            AND date(dob, '+' || (18 + NEW.years) || ' years', '+1 day') <= min(date('now'), date(NEW.at))
    )
BEGIN
    SELECT RAISE(ABORT, 'record_not_due');
END;

CREATE TRIGGER removal_consent_when_due BEFORE INSERT ON removal_consent WHEN
    NOT EXISTS (
        SELECT 1 FROM removal JOIN reckoning ON reckoning.patient_id = removal.patient_id WHERE removal.id = NEW.removal_id
            AND date(last_at, '+' || years || ' years', '+1 day') <= min(date('now'), date(NEW.at))
            AND date(dob, '+' || (18 + years) || ' years', '+1 day') <= min(date('now'), date(NEW.at))
    )
BEGIN
    SELECT RAISE(ABORT, 'record_not_due');
END;

CREATE TRIGGER removed_when_due BEFORE INSERT ON removed WHEN
    NOT EXISTS (
        SELECT 1 FROM removal JOIN reckoning ON reckoning.patient_id = removal.patient_id WHERE removal.id = NEW.removal_id
            AND date(last_at, '+' || years || ' years', '+1 day') <= min(date('now'), date(NEW.at))
            AND date(dob, '+' || (18 + years) || ' years', '+1 day') <= min(date('now'), date(NEW.at))
    )
BEGIN
    SELECT RAISE(ABORT, 'record_not_due');
END;

-- Only who may, and nothing of a record that is kept for a reason.

CREATE TRIGGER removal_permitted BEFORE INSERT ON removal WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role IN ('clinician', 'administrator') AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER removal_export_permitted BEFORE INSERT ON removal_export WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role IN ('clinician', 'administrator') AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER removal_consent_permitted BEFORE INSERT ON removal_consent WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role IN ('clinician', 'administrator') AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER removed_permitted BEFORE INSERT ON removed WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role IN ('clinician', 'administrator') AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER keep_permitted BEFORE INSERT ON keep WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role IN ('clinician', 'administrator') AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER keep_ended_permitted BEFORE UPDATE ON keep WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.ended_by AND role IN ('clinician', 'administrator') AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER removal_not_kept BEFORE INSERT ON removal WHEN
    EXISTS (SELECT 1 FROM keep WHERE patient_id = NEW.patient_id AND ended_at IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'record_kept');
END;

CREATE TRIGGER removal_consent_not_kept BEFORE INSERT ON removal_consent WHEN
    EXISTS (SELECT 1 FROM keep WHERE patient_id = (SELECT patient_id FROM removal WHERE id = NEW.removal_id) AND ended_at IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'record_kept');
END;

CREATE TRIGGER removed_not_kept BEFORE INSERT ON removed WHEN
    EXISTS (SELECT 1 FROM keep WHERE patient_id = NEW.patient_id AND ended_at IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'record_kept');
END;

CREATE TRIGGER removal_numbers_stay BEFORE INSERT ON removal WHEN EXISTS (SELECT 1 FROM last_number
            WHERE patient_id = NEW.patient_id) BEGIN
    SELECT RAISE(ABORT, 'last_number');
END;

CREATE TRIGGER removed_numbers_stay BEFORE INSERT ON removed WHEN EXISTS (SELECT 1 FROM last_number
            WHERE patient_id = NEW.patient_id) BEGIN
    SELECT RAISE(ABORT, 'last_number');
END;

-- First the proposal, then the copy, then the consents of two, each after a password was confirmed for it; then, and only whole, the end.
CREATE TRIGGER removal_begins_open BEFORE INSERT ON removal WHEN
    NEW.withdrawn_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM removal WHERE id = NEW.id OR (patient_id = NEW.patient_id AND withdrawn_at IS NULL))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removal_export_in_order BEFORE INSERT ON removal_export WHEN
    NOT EXISTS (SELECT 1 FROM removal WHERE id = NEW.removal_id AND withdrawn_at IS NULL)
    OR EXISTS (SELECT 1 FROM removed WHERE removal_id = NEW.removal_id)
    OR NEW.number <> 1 + (SELECT count(*) FROM removal_export WHERE removal_id = NEW.removal_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removal_consent_in_order BEFORE INSERT ON removal_consent WHEN
    NOT EXISTS (SELECT 1 FROM removal WHERE id = NEW.removal_id AND withdrawn_at IS NULL)
    OR EXISTS (SELECT 1 FROM removed WHERE removal_id = NEW.removal_id)
    OR EXISTS (SELECT 1 FROM removal_consent WHERE removal_id = NEW.removal_id AND staff_id = NEW.staff_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removal_consent_after_export BEFORE INSERT ON removal_consent WHEN
    NOT EXISTS (SELECT 1 FROM removal_export WHERE removal_id = NEW.removal_id)
BEGIN
    SELECT RAISE(ABORT, 'copy_missing');
END;

CREATE TRIGGER removal_consent_by_password BEFORE INSERT ON removal_consent WHEN
    NOT EXISTS (
        SELECT 1 FROM audit WHERE seq > (SELECT max(seq) - 20 FROM audit) AND staff_id = NEW.staff_id AND action = 'confirm_password'
            AND outcome = 'done' AND json_extract(changes, '$.purpose[1]') = 'removal ' || NEW.removal_id
    )
BEGIN
    SELECT RAISE(ABORT, 'consent_missing');
END;

CREATE TRIGGER removed_after_consents BEFORE INSERT ON removed WHEN
    NEW.done <> 0
    OR NOT EXISTS (SELECT 1 FROM removal WHERE id = NEW.removal_id AND patient_id = NEW.patient_id AND withdrawn_at IS NULL)
    OR 2 > (
        SELECT count(*) FROM removal_consent JOIN staff ON staff.id = removal_consent.staff_id
            AND staff.role IN ('clinician', 'administrator') AND staff.active
        WHERE removal_consent.removal_id = NEW.removal_id
    )
BEGIN
    SELECT RAISE(ABORT, 'consent_missing');
END;

CREATE TRIGGER removed_never_replaced BEFORE INSERT ON removed WHEN
    EXISTS (SELECT 1 FROM removed WHERE patient_id = NEW.patient_id OR removal_id = NEW.removal_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removed_takes_all AFTER INSERT ON removed BEGIN
    DELETE FROM patient_fts WHERE rowid = NEW.patient_id;
    DELETE FROM find_key WHERE patient_id = NEW.patient_id;
    DELETE FROM match_key WHERE patient_id = NEW.patient_id;
    DELETE FROM disclosure WHERE patient_id = NEW.patient_id;
    DELETE FROM handover WHERE request_id IN (SELECT id FROM request WHERE patient_id = NEW.patient_id);
    DELETE FROM print_job WHERE request_id IN (SELECT id FROM request WHERE patient_id = NEW.patient_id)
        OR document_id IN (SELECT id FROM document WHERE patient_id = NEW.patient_id);
    DELETE FROM document WHERE patient_id = NEW.patient_id;
    DELETE FROM letter_signature WHERE request_id IN (SELECT id FROM request WHERE patient_id = NEW.patient_id);
    DELETE FROM letter_aside WHERE request_id IN (SELECT id FROM request WHERE patient_id = NEW.patient_id);
    DELETE FROM letter WHERE request_id IN (SELECT id FROM request WHERE patient_id = NEW.patient_id);
    DELETE FROM request_step WHERE request_id IN (SELECT id FROM request WHERE patient_id = NEW.patient_id);
    DELETE FROM request WHERE patient_id = NEW.patient_id;
    DELETE FROM amendment_step WHERE amendment_id IN (SELECT id FROM amendment WHERE patient_id = NEW.patient_id);
    DELETE FROM amendment WHERE patient_id = NEW.patient_id;
    DELETE FROM note_draft WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM call WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id)
        OR draft_id IN (SELECT id FROM draft WHERE patient_id = NEW.patient_id);
    DELETE FROM draft WHERE patient_id = NEW.patient_id;
    DELETE FROM addendum WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM review WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM hold WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM acknowledgement WHERE prompt_id IN (
        SELECT id FROM prompt WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id));
    DELETE FROM prompt WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM correction WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM awaiting WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM coverage WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM claim WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM safety WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM notices WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM answer WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM mark WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = NEW.patient_id);
    DELETE FROM visit WHERE patient_id = NEW.patient_id;
    DELETE FROM keep WHERE patient_id = NEW.patient_id;
    DELETE FROM former_dob WHERE patient_id = NEW.patient_id;
    DELETE FROM patient WHERE id = NEW.patient_id;
    UPDATE removed SET done = 1 WHERE patient_id = NEW.patient_id;
END;

CREATE TRIGGER removed_stays BEFORE UPDATE ON removed WHEN
    OLD.done <> 0 OR NEW.done <> 1
    OR (OLD.patient_id, OLD.removal_id, OLD.staff_id, OLD.at) IS NOT (NEW.patient_id, NEW.removal_id, NEW.staff_id, NEW.at)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removal_stays BEFORE UPDATE ON removal WHEN
    OLD.withdrawn_at IS NOT NULL OR EXISTS (SELECT 1 FROM removed WHERE removal_id = OLD.id)
    OR (OLD.id, OLD.patient_id, OLD.years, OLD.staff_id, OLD.at) IS NOT (NEW.id, NEW.patient_id, NEW.years, NEW.staff_id, NEW.at)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER keep_stays BEFORE UPDATE ON keep WHEN
    OLD.ended_at IS NOT NULL
    OR (OLD.id, OLD.patient_id, OLD.reason, OLD.staff_id, OLD.at) IS NOT (NEW.id, NEW.patient_id, NEW.reason, NEW.staff_id, NEW.at)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER keep_never_replaced BEFORE INSERT ON keep WHEN
    EXISTS (SELECT 1 FROM keep WHERE id = NEW.id OR (patient_id = NEW.patient_id AND ended_at IS NULL))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER former_dob_never_changed BEFORE UPDATE ON former_dob BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER former_dob_never_replaced BEFORE INSERT ON former_dob WHEN EXISTS (SELECT 1 FROM former_dob WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removal_never_removed BEFORE DELETE ON removal BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removal_export_never_removed BEFORE DELETE ON removal_export BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removal_consent_never_removed BEFORE DELETE ON removal_consent BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removed_never_removed BEFORE DELETE ON removed BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removal_export_never_changed BEFORE UPDATE ON removal_export BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER removal_consent_never_changed BEFORE UPDATE ON removal_consent BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

-- What could never be removed now goes with its patient, and only so.

DROP TRIGGER prompt_never_removed;
CREATE TRIGGER prompt_never_removed BEFORE DELETE ON prompt WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER acknowledgement_never_removed;
CREATE TRIGGER acknowledgement_never_removed BEFORE DELETE ON acknowledgement WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (
        SELECT patient_id FROM visit WHERE id = (SELECT visit_id FROM prompt WHERE id = OLD.prompt_id)))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER correction_never_removed;
CREATE TRIGGER correction_never_removed BEFORE DELETE ON correction WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER review_never_removed;
CREATE TRIGGER review_never_removed BEFORE DELETE ON review WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER addendum_never_removed;
CREATE TRIGGER addendum_never_removed BEFORE DELETE ON addendum WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER amendment_never_removed;
CREATE TRIGGER amendment_never_removed BEFORE DELETE ON amendment WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = OLD.patient_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER amendment_step_never_removed;
CREATE TRIGGER amendment_step_never_removed BEFORE DELETE ON amendment_step WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM amendment WHERE id = OLD.amendment_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER letter_never_removed;
CREATE TRIGGER letter_never_removed BEFORE DELETE ON letter WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM request WHERE id = OLD.request_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER request_never_removed;
CREATE TRIGGER request_never_removed BEFORE DELETE ON request WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = OLD.patient_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER request_step_never_removed;
CREATE TRIGGER request_step_never_removed BEFORE DELETE ON request_step WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM request WHERE id = OLD.request_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER letter_signature_never_removed;
CREATE TRIGGER letter_signature_never_removed BEFORE DELETE ON letter_signature WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM request WHERE id = OLD.request_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER document_never_removed;
CREATE TRIGGER document_never_removed BEFORE DELETE ON document WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = OLD.patient_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER handover_never_removed;
CREATE TRIGGER handover_never_removed BEFORE DELETE ON handover WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM request WHERE id = OLD.request_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER disclosure_never_removed;
CREATE TRIGGER disclosure_never_removed BEFORE DELETE ON disclosure WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = OLD.patient_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER print_job_never_removed;
CREATE TRIGGER print_job_never_removed BEFORE DELETE ON print_job WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = coalesce(
        (SELECT patient_id FROM request WHERE id = OLD.request_id), (SELECT patient_id FROM document WHERE id = OLD.document_id)))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

-- Nor does anything go that nobody has signed yet: what was said at a visit is an entry from the moment it is kept.

CREATE TRIGGER patient_never_removed BEFORE DELETE ON patient WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER visit_never_removed BEFORE DELETE ON visit WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = OLD.patient_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER coverage_never_removed BEFORE DELETE ON coverage WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER claim_never_removed BEFORE DELETE ON claim WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER safety_never_removed BEFORE DELETE ON safety WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER notices_never_removed BEFORE DELETE ON notices WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER answer_never_removed BEFORE DELETE ON answer WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER mark_never_removed BEFORE DELETE ON mark WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER keep_never_removed BEFORE DELETE ON keep WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = OLD.patient_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER former_dob_never_removed BEFORE DELETE ON former_dob WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = OLD.patient_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER call_never_removed BEFORE DELETE ON call WHEN
    NOT EXISTS (
        SELECT 1 FROM removed WHERE done = 0 AND patient_id = coalesce(
            (SELECT patient_id FROM visit WHERE id = OLD.visit_id), (SELECT patient_id FROM draft WHERE id = OLD.draft_id)))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

-- A row that takes the place of another one would remove that, and one that is moved to an old record would go with it.

CREATE TRIGGER patient_keeps_number BEFORE UPDATE OF id ON patient WHEN
    OLD.id IS NOT NEW.id
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER patient_never_replaced BEFORE INSERT ON patient WHEN EXISTS (SELECT 1 FROM patient WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER visit_keeps_number BEFORE UPDATE OF id, patient_id ON visit WHEN
    OLD.id IS NOT NEW.id OR OLD.patient_id IS NOT NEW.patient_id
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER visit_never_replaced BEFORE INSERT ON visit WHEN EXISTS (SELECT 1 FROM visit WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER patient_number_once BEFORE INSERT ON patient WHEN EXISTS (SELECT 1 FROM removed WHERE patient_id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER coverage_keeps_visit BEFORE UPDATE OF visit_id, place ON coverage WHEN
    OLD.visit_id IS NOT NEW.visit_id OR OLD.place IS NOT NEW.place
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER coverage_never_replaced BEFORE INSERT ON coverage WHEN
    EXISTS (SELECT 1 FROM coverage WHERE visit_id = NEW.visit_id AND place = NEW.place)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER claim_keeps_visit BEFORE UPDATE OF visit_id ON claim WHEN
    OLD.visit_id IS NOT NEW.visit_id
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER claim_never_replaced BEFORE INSERT ON claim WHEN
    EXISTS (SELECT 1 FROM claim WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER safety_keeps_visit BEFORE UPDATE OF visit_id ON safety WHEN
    OLD.visit_id IS NOT NEW.visit_id
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER safety_never_replaced BEFORE INSERT ON safety WHEN
    EXISTS (SELECT 1 FROM safety WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER notices_keeps_visit BEFORE UPDATE OF visit_id ON notices WHEN
    OLD.visit_id IS NOT NEW.visit_id
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER notices_never_replaced BEFORE INSERT ON notices WHEN
    EXISTS (SELECT 1 FROM notices WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER answer_keeps_visit BEFORE UPDATE OF visit_id, key ON answer WHEN
    OLD.visit_id IS NOT NEW.visit_id OR OLD.key IS NOT NEW.key
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER answer_never_replaced BEFORE INSERT ON answer WHEN
    EXISTS (SELECT 1 FROM answer WHERE visit_id = NEW.visit_id AND key = NEW.key)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER mark_keeps_visit BEFORE UPDATE OF visit_id, place ON mark WHEN
    OLD.visit_id IS NOT NEW.visit_id OR OLD.place IS NOT NEW.place
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER mark_never_replaced BEFORE INSERT ON mark WHEN
    EXISTS (SELECT 1 FROM mark WHERE visit_id = NEW.visit_id AND place = NEW.place)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER coverage_keeps_row BEFORE UPDATE ON coverage WHEN
    OLD.rowid IS NOT NEW.rowid
    AND NOT EXISTS (SELECT 1 FROM coverage AS kept JOIN review ON review.visit_id = kept.visit_id WHERE kept.rowid = NEW.rowid)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER coverage_row_never_replaced BEFORE INSERT ON coverage WHEN
    EXISTS (
        SELECT 1 FROM coverage AS kept WHERE kept.rowid = NEW.rowid
            AND NOT EXISTS (SELECT 1 FROM review WHERE review.visit_id = kept.visit_id)
    )
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER call_keeps_number BEFORE UPDATE OF id ON call WHEN OLD.id IS NOT NEW.id BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER call_never_replaced BEFORE INSERT ON call WHEN EXISTS (SELECT 1 FROM call WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
