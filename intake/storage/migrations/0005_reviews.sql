-- The clinician's review. What is signed can only be added to: the triggers refuse everything else, whoever asks.

CREATE TABLE prompt (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit,
    rule TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('now', 'today', 'review')),
    rules_version TEXT NOT NULL,
    answers TEXT NOT NULL CHECK (json_valid(answers)),
    unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
    raised_at TEXT NOT NULL,
    UNIQUE (visit_id, rule, level, answers)
) STRICT;

CREATE TABLE acknowledgement (
    prompt_id INTEGER PRIMARY KEY REFERENCES prompt,
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    words TEXT NOT NULL CHECK (words <> '' AND length(words) <= 40000)
) STRICT;

CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit,
    path TEXT NOT NULL,
    before TEXT CHECK (json_valid(before)),
    after TEXT CHECK (json_valid(after)),
    reason TEXT NOT NULL CHECK (reason <> ''),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX correction_by_visit ON correction (visit_id);

CREATE TABLE review (
    visit_id INTEGER PRIMARY KEY REFERENCES visit,
    content TEXT NOT NULL CHECK (json_valid(content)),
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
    staff_id INTEGER NOT NULL REFERENCES staff,
    staff_name TEXT NOT NULL,
    staff_role TEXT NOT NULL,
    at TEXT NOT NULL,
    location TEXT NOT NULL,
    form_version TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    code_release TEXT NOT NULL
) STRICT;

CREATE INDEX review_here ON review (location, at, visit_id);
CREATE INDEX review_all ON review (at, visit_id);

CREATE TABLE addendum (
    visit_id INTEGER NOT NULL REFERENCES review,
    number INTEGER NOT NULL CHECK (number >= 1),
    text TEXT NOT NULL CHECK (text <> '' AND length(text) <= 40000),
    reason TEXT NOT NULL CHECK (reason <> ''),
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
    staff_id INTEGER NOT NULL REFERENCES staff,
    staff_name TEXT NOT NULL,
    staff_role TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (visit_id, number)
) STRICT, WITHOUT ROWID;

-- What a clinician is typing: a draft of its owner, no part of the signed visit, and the beginning of an addendum afterwards.
CREATE TABLE note_draft (
    visit_id INTEGER NOT NULL REFERENCES visit,
    staff_id INTEGER NOT NULL REFERENCES staff,
    content TEXT NOT NULL CHECK (json_valid(content)),
    caret TEXT NOT NULL CHECK (json_valid(caret)),
    updated_at TEXT NOT NULL,
    PRIMARY KEY (visit_id, staff_id)
) STRICT, WITHOUT ROWID;

-- Who has a chart in hand.
CREATE TABLE hold (
    visit_id INTEGER PRIMARY KEY REFERENCES visit,
    staff_id INTEGER NOT NULL REFERENCES staff,
    workstation TEXT NOT NULL,
    since TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

-- A clinician called by the desk; of an intake that is still typed there is only the draft.
CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER REFERENCES visit,
    draft_id INTEGER,
    location TEXT NOT NULL,
    title TEXT NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    answered_by INTEGER REFERENCES staff,
    answered_at TEXT,
    CHECK ((answered_by IS NULL) = (answered_at IS NULL))
) STRICT;

CREATE INDEX call_open ON call (visit_id) WHERE answered_at IS NULL;
CREATE INDEX call_of_draft ON call (draft_id) WHERE visit_id IS NULL;

-- The visits without a signature. A visit comes in by itself and goes by itself when it is signed.
-- urgency: 0 called, 1 now, 2 today, 3 review, 4 nothing unacknowledged. gone: the patient left; such a visit comes after all
-- others unless a clinician is called to it. place: where that puts it.
CREATE TABLE awaiting (
    visit_id INTEGER PRIMARY KEY REFERENCES visit,
    location TEXT NOT NULL,
    urgency INTEGER NOT NULL CHECK (urgency BETWEEN 0 AND 4),
    gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
    place INTEGER NOT NULL GENERATED ALWAYS AS (CASE WHEN gone AND urgency > 0 THEN urgency + 4 ELSE urgency END) VIRTUAL,
    arrived_at TEXT NOT NULL
) STRICT;

CREATE INDEX awaiting_here ON awaiting (location, place, arrived_at, visit_id);
CREATE INDEX awaiting_all ON awaiting (place, arrived_at, visit_id);

INSERT INTO awaiting (visit_id, location, urgency, gone, arrived_at) SELECT id, location, 4, status = 'left', arrived_at FROM visit;

CREATE TRIGGER visit_awaits AFTER INSERT ON visit BEGIN
    INSERT INTO awaiting (visit_id, location, urgency, gone, arrived_at)
        VALUES (NEW.id, NEW.location, 4, NEW.status = 'left', NEW.arrived_at);
END;

CREATE TRIGGER visit_gone AFTER UPDATE OF status ON visit WHEN (OLD.status = 'left') <> (NEW.status = 'left') BEGIN
    UPDATE awaiting SET gone = (NEW.status = 'left') WHERE visit_id = NEW.id;
END;

CREATE TRIGGER review_awaited BEFORE INSERT ON review BEGIN
    DELETE FROM awaiting WHERE visit_id = NEW.visit_id;
END;

CREATE TABLE amendment (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient,
    visit_id INTEGER REFERENCES visit,
    request TEXT NOT NULL CHECK (request <> '' AND length(request) <= 40000),
    received_on TEXT NOT NULL CHECK (received_on IS date(received_on)),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX amendment_by_patient ON amendment (patient_id);

CREATE TABLE amendment_step (
    amendment_id INTEGER NOT NULL REFERENCES amendment,
    number INTEGER NOT NULL CHECK (number >= 1),
    step TEXT NOT NULL CHECK (step IN ('extended', 'accepted', 'denied', 'disagreed')),
    words TEXT NOT NULL CHECK (words <> '' AND length(words) <= 40000),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    PRIMARY KEY (amendment_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE snippet (
    staff_id INTEGER NOT NULL REFERENCES staff,
    abbreviation TEXT NOT NULL CHECK (abbreviation <> ''),
    text TEXT NOT NULL CHECK (length(text) <= 40000),
    PRIMARY KEY (staff_id, abbreviation)
) STRICT, WITHOUT ROWID;

-- What left the program of a patient, by the audit.
CREATE INDEX audit_papers ON audit (patient_id) WHERE action IN
    ('print_intake', 'pdf_intake', 'print_note', 'pdf_note', 'print_homecare', 'pdf_homecare');

-- Every document that left the program, by the SHA-256 of its bytes: a file that comes back is known by it.
CREATE TABLE issued (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    visit_id INTEGER NOT NULL REFERENCES visit,
    kind TEXT NOT NULL CHECK (kind IN ('intake', 'note', 'homecare')),
    version INTEGER NOT NULL CHECK (version >= 0),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A signed visit is locked, with everything recorded at it.

CREATE TRIGGER signed_visit_not_changed BEFORE UPDATE ON visit WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_visit_not_removed BEFORE DELETE ON visit WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_coverage_not_added BEFORE INSERT ON coverage WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_coverage_not_changed BEFORE UPDATE ON coverage WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_coverage_not_removed BEFORE DELETE ON coverage WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

-- The one part whose rows have a number of their own: a row of another visit does not push one out by it.
CREATE TRIGGER signed_coverage_not_replaced BEFORE INSERT ON coverage WHEN
    EXISTS (SELECT 1 FROM coverage AS kept JOIN review ON review.visit_id = kept.visit_id WHERE kept.rowid = NEW.rowid)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_coverage_not_pushed_out BEFORE UPDATE ON coverage WHEN
    EXISTS (SELECT 1 FROM coverage AS kept JOIN review ON review.visit_id = kept.visit_id WHERE kept.rowid = NEW.rowid)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_claim_not_added BEFORE INSERT ON claim WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_claim_not_changed BEFORE UPDATE ON claim WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_claim_not_removed BEFORE DELETE ON claim WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_safety_not_added BEFORE INSERT ON safety WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_safety_not_changed BEFORE UPDATE ON safety WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_safety_not_removed BEFORE DELETE ON safety WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_notices_not_added BEFORE INSERT ON notices WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_notices_not_changed BEFORE UPDATE ON notices WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_notices_not_removed BEFORE DELETE ON notices WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_answer_not_added BEFORE INSERT ON answer WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_answer_not_changed BEFORE UPDATE ON answer WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_answer_not_removed BEFORE DELETE ON answer WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_mark_not_added BEFORE INSERT ON mark WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_mark_not_changed BEFORE UPDATE ON mark WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_mark_not_removed BEFORE DELETE ON mark WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_correction_not_added BEFORE INSERT ON correction WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_correction_not_changed BEFORE UPDATE ON correction WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_correction_not_removed BEFORE DELETE ON correction WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_prompt_not_added BEFORE INSERT ON prompt WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_prompt_not_changed BEFORE UPDATE ON prompt WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_prompt_not_removed BEFORE DELETE ON prompt WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_awaiting_not_added BEFORE INSERT ON awaiting WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_awaiting_not_changed BEFORE UPDATE ON awaiting WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_awaiting_not_removed BEFORE DELETE ON awaiting WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_hold_not_added BEFORE INSERT ON hold WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_hold_not_changed BEFORE UPDATE ON hold WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_hold_not_removed BEFORE DELETE ON hold WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_acknowledgement_not_added BEFORE INSERT ON acknowledgement WHEN
    EXISTS (SELECT 1 FROM prompt JOIN review ON review.visit_id = prompt.visit_id WHERE prompt.id = NEW.prompt_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER signed_visit_not_replaced BEFORE INSERT ON visit WHEN
    EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

-- A signature needs a clinician, and a word on every prompt; so does all that only a clinician may say.

CREATE TRIGGER review_by_clinician BEFORE INSERT ON review WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role = 'clinician' AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER addendum_by_clinician BEFORE INSERT ON addendum WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role = 'clinician' AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER acknowledgement_by_clinician BEFORE INSERT ON acknowledgement WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role = 'clinician' AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER correction_by_clinician BEFORE INSERT ON correction WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role = 'clinician' AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER amendment_step_by_clinician BEFORE INSERT ON amendment_step WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role = 'clinician' AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER review_after_acknowledgements BEFORE INSERT ON review WHEN
    EXISTS (
        SELECT 1 FROM prompt LEFT JOIN acknowledgement ON acknowledgement.prompt_id = prompt.id
        WHERE prompt.visit_id = NEW.visit_id AND acknowledgement.prompt_id IS NULL
    )
BEGIN
    SELECT RAISE(ABORT, 'prompt_not_acknowledged');
END;

-- What can only be added, before and after a signature; a row that is there is not put in anew either.

CREATE TRIGGER prompt_never_changed BEFORE UPDATE ON prompt BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER prompt_never_removed BEFORE DELETE ON prompt BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER acknowledgement_never_changed BEFORE UPDATE ON acknowledgement BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER acknowledgement_never_removed BEFORE DELETE ON acknowledgement BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER correction_never_changed BEFORE UPDATE ON correction BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER correction_never_removed BEFORE DELETE ON correction BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER review_never_changed BEFORE UPDATE ON review BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER review_never_removed BEFORE DELETE ON review BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER addendum_never_changed BEFORE UPDATE ON addendum BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER addendum_never_removed BEFORE DELETE ON addendum BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER amendment_never_changed BEFORE UPDATE ON amendment BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER amendment_never_removed BEFORE DELETE ON amendment BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER amendment_step_never_changed BEFORE UPDATE ON amendment_step BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER amendment_step_never_removed BEFORE DELETE ON amendment_step BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER issued_never_changed BEFORE UPDATE ON issued BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER issued_never_removed BEFORE DELETE ON issued BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER addendum_in_order BEFORE INSERT ON addendum WHEN
    NEW.number <> 1 + (SELECT count(*) FROM addendum WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER prompt_never_replaced BEFORE INSERT ON prompt WHEN EXISTS (SELECT 1 FROM prompt WHERE id = NEW.id OR (visit_id = NEW.visit_id AND rule = NEW.rule AND level = NEW.level AND answers = NEW.answers)) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER acknowledgement_never_replaced BEFORE INSERT ON acknowledgement WHEN EXISTS (SELECT 1 FROM acknowledgement WHERE prompt_id = NEW.prompt_id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER correction_never_replaced BEFORE INSERT ON correction WHEN EXISTS (SELECT 1 FROM correction WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER review_never_replaced BEFORE INSERT ON review WHEN EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER amendment_never_replaced BEFORE INSERT ON amendment WHEN EXISTS (SELECT 1 FROM amendment WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER issued_never_replaced BEFORE INSERT ON issued WHEN EXISTS (SELECT 1 FROM issued WHERE sha256 = NEW.sha256) BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER amendment_step_in_order BEFORE INSERT ON amendment_step WHEN
    NEW.number <> 1 + (SELECT count(*) FROM amendment_step WHERE amendment_id = NEW.amendment_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

-- A patient's request to amend is kept while it is typed, too. An id is still never given twice.

CREATE TABLE draft_of_any_kind (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    staff_id INTEGER NOT NULL REFERENCES staff,
    kind TEXT NOT NULL CHECK (kind IN ('intake', 'edit', 'amendment')),
    content TEXT NOT NULL CHECK (json_valid(content)),
    caret TEXT NOT NULL CHECK (json_valid(caret)),
    patient_id INTEGER REFERENCES patient,
    patient_version INTEGER,
    title TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK (kind = 'intake' OR patient_id IS NOT NULL),
    CHECK ((kind = 'edit') = (patient_version IS NOT NULL))
) STRICT;

INSERT INTO draft_of_any_kind SELECT * FROM draft;
DELETE FROM sqlite_sequence WHERE name = 'draft_of_any_kind';
INSERT INTO sqlite_sequence (name, seq) SELECT 'draft_of_any_kind', seq FROM sqlite_sequence WHERE name = 'draft';
DROP TABLE draft;
ALTER TABLE draft_of_any_kind RENAME TO draft;
CREATE INDEX draft_by_owner ON draft (staff_id);
