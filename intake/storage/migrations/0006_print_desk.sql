-- What was promised, printed, handed over and told. Steps, documents, disclosures and handovers can only be added.

CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient,
    visit_id INTEGER REFERENCES visit,
    kind TEXT NOT NULL CHECK (kind <> ''),
    paper TEXT NOT NULL CHECK (paper IN ('visit_note', 'intake_form', 'home_care', 'records_copy', 'letter')),
    waits_for TEXT NOT NULL CHECK (waits_for IN ('nothing', 'visit', 'letter')),
    -- What a role must permit to see it; the narrowest unless told.
    task TEXT NOT NULL DEFAULT 'print_note' CHECK (task IN ('print_note', 'print_intake', 'write_letter')),
    location TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    leaves_by TEXT NOT NULL CHECK (leaves_by IN ('hand', 'mail', 'fax', 'email', 'portal')),
    recipient TEXT NOT NULL,
    address TEXT NOT NULL,
    purpose TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    state TEXT NOT NULL CHECK (state IN ('requested', 'waiting', 'ready', 'printed', 'delivered', 'withdrawn')),
    missing INTEGER NOT NULL CHECK (missing >= 0),
    clinician_id INTEGER REFERENCES staff,
    trouble TEXT NOT NULL DEFAULT '',
    opened_at TEXT NOT NULL,
    opened_by INTEGER NOT NULL REFERENCES staff,
    due_at TEXT NOT NULL,
    printed_at TEXT,
    delivered_at TEXT,
    listed_at TEXT NOT NULL GENERATED ALWAYS AS (coalesce(delivered_at, due_at)) VIRTUAL,
    CHECK (visit_id IS NOT NULL OR paper = 'records_copy'),
    CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
    CHECK (state NOT IN ('printed', 'delivered') OR printed_at IS NOT NULL),
    CHECK (state NOT IN ('ready', 'printed', 'delivered') OR missing = 0)
) STRICT;

-- A list goes along a state by listed_at, what is owed by the clock and what was delivered by the day; several states are merged.
-- Each index ends with what else may be asked for, so that a line which is left out is not read.
CREATE INDEX request_all ON request (state, listed_at, id, location, kind, clinician_id);
CREATE INDEX request_here ON request (state, location, listed_at, id, kind, clinician_id);
CREATE INDEX request_kind_all ON request (state, kind, listed_at, id, location, clinician_id);
CREATE INDEX request_kind_here ON request (state, kind, location, listed_at, id, clinician_id);
CREATE INDEX request_clinician ON request (state, clinician_id, listed_at, id, location, kind);
CREATE INDEX request_by_due ON request (due_at, location, kind);
CREATE INDEX request_of_visit ON request (visit_id);
CREATE INDEX request_of_patient ON request (patient_id);

CREATE TABLE request_step (
    request_id INTEGER NOT NULL REFERENCES request,
    number INTEGER NOT NULL CHECK (number >= 1),
    what TEXT NOT NULL CHECK (what <> ''),
    words TEXT NOT NULL CHECK (length(words) <= 40000),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    PRIMARY KEY (request_id, number)
) STRICT, WITHOUT ROWID;

-- A visit of before that nobody has signed is promised its note as every other one.
INSERT INTO request (
        patient_id, visit_id, kind, paper, waits_for, location, asked_by, leaves_by, recipient, address, purpose, language, state, missing,
        clinician_id, opened_at, opened_by, due_at
    )
    SELECT visit.patient_id, visit.id, 'visit_note', 'visit_note', 'visit', visit.location, 'visit', 'hand', '', '', 'to_patient', 'en',
        'waiting', 0, hold.staff_id, visit.arrived_at, visit.recorded_by,
        coalesce(strftime('%Y-%m-%dT%H:%M:%f+00:00', visit.arrived_at, '+24 hours'), visit.arrived_at)
    FROM awaiting JOIN visit ON visit.id = awaiting.visit_id LEFT JOIN hold ON hold.visit_id = visit.id
    WHERE awaiting.gone = 0 ORDER BY visit.arrived_at, visit.id;

-- So is one that was signed and never left: it is ready.
INSERT INTO request (
        patient_id, visit_id, kind, paper, waits_for, location, asked_by, leaves_by, recipient, address, purpose, language, state, missing,
        clinician_id, opened_at, opened_by, due_at
    )
    SELECT visit.patient_id, visit.id, 'visit_note', 'visit_note', 'visit', visit.location, 'visit', 'hand', '', '', 'to_patient', 'en',
        'ready', 0, review.staff_id, visit.arrived_at, visit.recorded_by,
        coalesce(strftime('%Y-%m-%dT%H:%M:%f+00:00', visit.arrived_at, '+24 hours'), visit.arrived_at)
    FROM review JOIN visit ON visit.id = review.visit_id
    WHERE NOT EXISTS (SELECT 1 FROM issued WHERE issued.visit_id = visit.id AND issued.kind = 'note' AND issued.version > 0)
    ORDER BY visit.arrived_at, visit.id;
INSERT INTO request_step (request_id, number, what, words, staff_id, at)
    SELECT id, 1, 'waiting', '', opened_by, opened_at FROM request;
INSERT INTO request_step (request_id, number, what, words, staff_id, at)
    SELECT request.id, 2, 'ready', '', review.staff_id, review.at
    FROM request JOIN review ON review.visit_id = request.visit_id WHERE request.state = 'ready';

-- What a person wrote into a letter. It is changed until it is signed; what was printed of it is kept as a document.
CREATE TABLE letter (
    request_id INTEGER PRIMARY KEY REFERENCES request,
    template TEXT NOT NULL,
    typed TEXT NOT NULL CHECK (json_valid(typed)),
    body TEXT CHECK (length(body) <= 40000),
    version INTEGER NOT NULL CHECK (version >= 1),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL
) STRICT;

-- What somebody typed into a letter and could not be kept in it, for that person alone, until it is or is let go.
CREATE TABLE letter_aside (
    request_id INTEGER NOT NULL REFERENCES request,
    staff_id INTEGER NOT NULL REFERENCES staff,
    typed TEXT NOT NULL CHECK (json_valid(typed)),
    body TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (request_id, staff_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE letter_signature (
    request_id INTEGER PRIMARY KEY REFERENCES letter,
    content TEXT NOT NULL CHECK (json_valid(content)),
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
    staff_id INTEGER NOT NULL REFERENCES staff,
    staff_name TEXT NOT NULL,
    staff_role TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- Every document that left, as it left. The bytes of those from before they were kept are not there; they are known by their SHA-256.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    request_id INTEGER REFERENCES request,
    patient_id INTEGER NOT NULL REFERENCES patient,
    visit_id INTEGER REFERENCES visit,
    kind TEXT NOT NULL CHECK (kind <> ''),
    version INTEGER NOT NULL CHECK (version >= 0),
    preliminary INTEGER NOT NULL CHECK (preliminary IN (0, 1)),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    content BLOB,
    pages INTEGER CHECK (pages >= 1),
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    copy_of INTEGER REFERENCES document,
    stamp TEXT NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('print', 'file')),
    target TEXT NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    CHECK ((content IS NULL) = (pages IS NULL))
) STRICT;

CREATE INDEX document_by_sha256 ON document (sha256);
CREATE INDEX document_by_request ON document (request_id);
CREATE INDEX document_by_patient ON document (patient_id);

INSERT INTO document (patient_id, visit_id, kind, version, preliminary, sha256, language, stamp, how, target, staff_id, at)
    SELECT visit.patient_id, visit.id, CASE issued.kind WHEN 'intake' THEN 'intake_form' WHEN 'note' THEN 'visit_note' ELSE 'home_care' END,
        issued.version, issued.kind <> 'intake' AND issued.version = 0, issued.sha256, 'en', '', 'file', '', issued.staff_id, issued.at
    FROM issued JOIN visit ON visit.id = issued.visit_id ORDER BY issued.at;

DROP TABLE issued;

-- A document that left is told in the audit with its SHA-256, whatever its kind.
CREATE INDEX audit_paper_sha256 ON audit (json_extract(changes, '$.sha256[1]')) WHERE json_extract(changes, '$.sha256[1]') IS NOT NULL;

CREATE TABLE print_run (
    id INTEGER PRIMARY KEY,
    location TEXT NOT NULL,
    workstation TEXT NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff,
    begun_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;

CREATE INDEX print_run_open ON print_run (seen_at) WHERE ended_at IS NULL;

CREATE TABLE print_job (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES print_run,
    place INTEGER NOT NULL CHECK (place >= 0),
    request_id INTEGER REFERENCES request,
    kind TEXT NOT NULL,
    reprint INTEGER NOT NULL CHECK (reprint IN (0, 1)),
    reason TEXT NOT NULL,
    recipient TEXT NOT NULL DEFAULT '',
    purpose TEXT NOT NULL DEFAULT '',
    accountable INTEGER NOT NULL DEFAULT 0 CHECK (accountable IN (0, 1)),
    document_id INTEGER REFERENCES document,
    setting TEXT NOT NULL CHECK (json_valid(setting)),
    queue_id TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('claimed', 'sending', 'sent', 'lost', 'printed', 'failed', 'cancelled')),
    words TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL,
    UNIQUE (run_id, place),
    CHECK (reprint = 0 OR reason <> ''),
    CHECK ((recipient = '') = (purpose = ''))
) STRICT;

CREATE INDEX print_job_by_document ON print_job (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX print_job_not_printed ON print_job (request_id) WHERE state IN ('failed', 'cancelled');

-- A document is in one run at a time, whoever presses the key.
CREATE UNIQUE INDEX print_job_open ON print_job (request_id) WHERE state IN ('claimed', 'sending', 'sent', 'lost');

CREATE TABLE handover (
    request_id INTEGER PRIMARY KEY REFERENCES request,
    document_id INTEGER REFERENCES document,
    recipient TEXT NOT NULL CHECK (recipient <> ''),
    identity TEXT NOT NULL CHECK (identity <> ''),
    late_reason TEXT NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE disclosure (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient,
    request_id INTEGER REFERENCES request,
    document_id INTEGER REFERENCES document,
    event TEXT NOT NULL CHECK (event IN ('print', 'export', 'handover')),
    recipient TEXT NOT NULL,
    address TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what <> ''),
    purpose TEXT NOT NULL,
    accountable INTEGER NOT NULL CHECK (accountable IN (0, 1)),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX disclosure_by_patient ON disclosure (patient_id, at);

-- A signature makes the documents that waited for it ready; a chart taken in hand names the clinician who is to sign.

CREATE TRIGGER request_signed AFTER INSERT ON review BEGIN
    INSERT INTO request_step (request_id, number, what, words, staff_id, at)
        SELECT id, 1 + (SELECT count(*) FROM request_step WHERE request_id = request.id), 'ready', '', NEW.staff_id, NEW.at
        FROM request WHERE visit_id = NEW.visit_id AND waits_for = 'visit' AND state = 'waiting';
    UPDATE request SET state = 'ready', clinician_id = NEW.staff_id
        WHERE visit_id = NEW.visit_id AND waits_for = 'visit' AND state = 'waiting';
END;

CREATE TRIGGER request_letter_signed AFTER INSERT ON letter_signature BEGIN
    INSERT INTO request_step (request_id, number, what, words, staff_id, at)
        SELECT id, 1 + (SELECT count(*) FROM request_step WHERE request_id = request.id), 'ready', '', NEW.staff_id, NEW.at
        FROM request WHERE id = NEW.request_id AND state = 'waiting';
    UPDATE request SET state = 'ready', clinician_id = NEW.staff_id WHERE id = NEW.request_id AND state = 'waiting';
END;

CREATE TRIGGER request_in_hand AFTER INSERT ON hold BEGIN
    UPDATE request SET clinician_id = NEW.staff_id
        WHERE visit_id = NEW.visit_id AND waits_for <> 'nothing' AND state IN ('requested', 'waiting');
END;

CREATE TRIGGER request_taken_over AFTER UPDATE OF staff_id ON hold BEGIN
    UPDATE request SET clinician_id = NEW.staff_id
        WHERE visit_id = NEW.visit_id AND waits_for <> 'nothing' AND state IN ('requested', 'waiting');
END;

-- What a request is never changes, and what was delivered or withdrawn stays so.

CREATE TRIGGER request_stays BEFORE UPDATE ON request WHEN
    OLD.state IN ('delivered', 'withdrawn')
    OR (OLD.id, OLD.patient_id, OLD.visit_id, OLD.kind, OLD.paper, OLD.waits_for, OLD.location, OLD.opened_at, OLD.opened_by, OLD.due_at)
        IS NOT (NEW.id, NEW.patient_id, NEW.visit_id, NEW.kind, NEW.paper, NEW.waits_for, NEW.location, NEW.opened_at, NEW.opened_by, NEW.due_at)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

-- Only what is signed can be ready: nothing is skipped to meet a time.
CREATE TRIGGER request_ready_when_signed BEFORE UPDATE OF state ON request WHEN
    NEW.state IN ('ready', 'printed', 'delivered') AND (
        (NEW.waits_for = 'visit' AND NOT EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id))
        OR (NEW.waits_for = 'letter' AND NOT EXISTS (SELECT 1 FROM letter_signature WHERE request_id = NEW.id)))
BEGIN
    SELECT RAISE(ABORT, 'not_signed');
END;

CREATE TRIGGER request_begins_unsigned BEFORE INSERT ON request WHEN
    NEW.state IN ('printed', 'delivered', 'withdrawn')
    OR NEW.printed_at IS NOT NULL
    OR (NEW.state = 'ready' AND NEW.waits_for = 'letter')
    OR (NEW.state = 'ready' AND NEW.waits_for = 'visit' AND NOT EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id))
    OR EXISTS (SELECT 1 FROM request WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'not_signed');
END;

-- Printed is of what there are kept bytes, and no preliminary ones.
CREATE TRIGGER request_printed_as_kept BEFORE UPDATE OF state ON request WHEN
    NEW.state IN ('printed', 'delivered')
    AND NOT EXISTS (SELECT 1 FROM document WHERE request_id = NEW.id AND preliminary = 0 AND content IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'not_printed_yet');
END;

-- Delivered is what was handed over, and nothing is handed over that was not printed.
CREATE TRIGGER request_delivered_by_handover BEFORE UPDATE OF state ON request WHEN
    NEW.state = 'delivered' AND NOT EXISTS (SELECT 1 FROM handover WHERE request_id = NEW.id AND at IS NEW.delivered_at)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER handover_of_printed BEFORE INSERT ON handover WHEN
    NOT EXISTS (SELECT 1 FROM request WHERE id = NEW.request_id AND state = 'printed')
    OR NOT EXISTS (SELECT 1 FROM document WHERE id = NEW.document_id AND request_id = NEW.request_id AND preliminary = 0)
BEGIN
    SELECT RAISE(ABORT, 'not_printed_yet');
END;

CREATE TRIGGER handover_late_needs_reason BEFORE INSERT ON handover WHEN
    NEW.late_reason = '' AND EXISTS (SELECT 1 FROM request WHERE id = NEW.request_id AND due_at < NEW.at)
BEGIN
    SELECT RAISE(ABORT, 'late_reason_missing');
END;

-- A clock that was set back hides no lateness.
CREATE TRIGGER handover_after_printed BEFORE INSERT ON handover WHEN
    EXISTS (
        SELECT 1 FROM request WHERE id = NEW.request_id AND state = 'printed' AND (
            opened_at > NEW.at OR printed_at > NEW.at
            OR EXISTS (SELECT 1 FROM request_step WHERE request_step.request_id = request.id AND request_step.at > NEW.at))
    )
BEGIN
    SELECT RAISE(ABORT, 'clock_behind');
END;

CREATE TRIGGER request_printed_after_opened BEFORE UPDATE OF printed_at ON request WHEN
    NEW.printed_at < coalesce(OLD.printed_at, NEW.opened_at) OR NEW.printed_at < NEW.opened_at
BEGIN
    SELECT RAISE(ABORT, 'clock_behind');
END;

CREATE TRIGGER handover_delivers AFTER INSERT ON handover BEGIN
    INSERT INTO request_step (request_id, number, what, words, staff_id, at)
        SELECT NEW.request_id, 1 + count(*), 'delivered', NEW.late_reason, NEW.staff_id, NEW.at
        FROM request_step WHERE request_id = NEW.request_id;
    UPDATE request SET state = 'delivered', delivered_at = NEW.at WHERE id = NEW.request_id;
END;

CREATE TRIGGER letter_signed_stays BEFORE UPDATE ON letter WHEN
    OLD.request_id <> NEW.request_id OR EXISTS (SELECT 1 FROM letter_signature WHERE request_id = OLD.request_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER letter_signed_by_clinician BEFORE INSERT ON letter_signature WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role = 'clinician' AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER letter_signed_when_complete BEFORE INSERT ON letter_signature WHEN
    NOT EXISTS (SELECT 1 FROM request WHERE id = NEW.request_id AND waits_for = 'letter' AND state = 'waiting' AND missing = 0)
BEGIN
    SELECT RAISE(ABORT, 'letter_incomplete');
END;

CREATE TRIGGER letter_never_removed BEFORE DELETE ON letter BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER letter_never_replaced BEFORE INSERT ON letter WHEN EXISTS (SELECT 1 FROM letter WHERE request_id = NEW.request_id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER request_never_removed BEFORE DELETE ON request BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

-- What happened is never unsaid.

CREATE TRIGGER request_step_never_changed BEFORE UPDATE ON request_step BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER request_step_never_removed BEFORE DELETE ON request_step BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER letter_signature_never_changed BEFORE UPDATE ON letter_signature BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER letter_signature_never_removed BEFORE DELETE ON letter_signature BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER letter_signature_never_replaced BEFORE INSERT ON letter_signature WHEN EXISTS (SELECT 1 FROM letter_signature WHERE request_id = NEW.request_id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER document_never_changed BEFORE UPDATE ON document BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER document_never_removed BEFORE DELETE ON document BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER document_never_replaced BEFORE INSERT ON document WHEN EXISTS (SELECT 1 FROM document WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER handover_never_changed BEFORE UPDATE ON handover BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER handover_never_removed BEFORE DELETE ON handover BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER handover_never_replaced BEFORE INSERT ON handover WHEN EXISTS (SELECT 1 FROM handover WHERE request_id = NEW.request_id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER disclosure_never_changed BEFORE UPDATE ON disclosure BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER disclosure_never_removed BEFORE DELETE ON disclosure BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER disclosure_never_replaced BEFORE INSERT ON disclosure WHEN EXISTS (SELECT 1 FROM disclosure WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER request_step_in_order BEFORE INSERT ON request_step WHEN
    NEW.number <> 1 + (SELECT count(*) FROM request_step WHERE request_id = NEW.request_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

-- A document is in one job at a time, and what became of a job stays so: nothing prints twice without being asked.

CREATE TRIGGER print_job_never_removed BEFORE DELETE ON print_job BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER print_job_never_replaced BEFORE INSERT ON print_job WHEN
    EXISTS (
        SELECT 1 FROM print_job WHERE id = NEW.id OR (run_id = NEW.run_id AND place = NEW.place)
            OR (request_id = NEW.request_id AND state IN ('claimed', 'sending', 'sent', 'lost'))
    )
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER print_job_ended_stays BEFORE UPDATE ON print_job WHEN
    OLD.state IN ('printed', 'failed', 'cancelled')
    OR (OLD.id, OLD.run_id, OLD.place, OLD.request_id, OLD.kind, OLD.reprint, OLD.reason, OLD.recipient, OLD.purpose, OLD.accountable)
        IS NOT (NEW.id, NEW.run_id, NEW.place, NEW.request_id, NEW.kind, NEW.reprint, NEW.reason, NEW.recipient, NEW.purpose, NEW.accountable)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
