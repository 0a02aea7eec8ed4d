-- What clinicians write is encrypted once more, under a key that not every password opens: it is sealed to the slots of those who may
-- read it. ``public`` is the public half of the slot.
CREATE TABLE notes_share (
    public BLOB PRIMARY KEY CHECK (length(public) = 32),
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Which key it is stands in ``meta`` and is told by the audit: it is chosen once.
CREATE TRIGGER notes_key_never_changed BEFORE UPDATE ON meta WHEN OLD.name = 'notes_key' OR NEW.name = 'notes_key' BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER notes_key_never_removed BEFORE DELETE ON meta WHEN OLD.name = 'notes_key' BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER notes_key_never_replaced BEFORE INSERT ON meta WHEN
    NEW.name = 'notes_key' AND EXISTS (SELECT 1 FROM meta WHERE name = 'notes_key')
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE INDEX audit_notes_key ON audit (seq) WHERE action IN ('set_up', 'begin_notes_key');

-- Encrypted, the longest text a person may type is longer than it is: how long that may be is told by who takes it in.
CREATE TABLE acknowledgement_of_before AS SELECT * FROM acknowledgement;
DROP TABLE acknowledgement;
CREATE TABLE acknowledgement (
    prompt_id INTEGER PRIMARY KEY REFERENCES prompt,
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL,
    words TEXT NOT NULL CHECK (words <> '')
) STRICT;
INSERT INTO acknowledgement (prompt_id, staff_id, at, words) SELECT prompt_id, staff_id, at, words FROM acknowledgement_of_before;
DROP TABLE acknowledgement_of_before;

CREATE TABLE addendum_of_before AS SELECT * FROM addendum;
DROP TABLE addendum;
CREATE TABLE addendum (
    visit_id INTEGER NOT NULL REFERENCES review,
    number INTEGER NOT NULL CHECK (number >= 1),
    text TEXT NOT NULL CHECK (text <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
    staff_id INTEGER NOT NULL REFERENCES staff,
    staff_name TEXT NOT NULL,
    staff_role TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (visit_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO addendum (visit_id, number, text, reason, fingerprint, staff_id, staff_name, staff_role, at)
    SELECT visit_id, number, text, reason, fingerprint, staff_id, staff_name, staff_role, at FROM addendum_of_before;
DROP TABLE addendum_of_before;

-- The triggers that went with these tables, as they were.

CREATE TRIGGER signed_acknowledgement_not_added BEFORE INSERT ON acknowledgement WHEN
    EXISTS (SELECT 1 FROM prompt JOIN review ON review.visit_id = prompt.visit_id WHERE prompt.id = NEW.prompt_id)
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

CREATE TRIGGER acknowledgement_by_clinician BEFORE INSERT ON acknowledgement WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role = 'clinician' AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER acknowledgement_never_replaced BEFORE INSERT ON acknowledgement WHEN
    EXISTS (SELECT 1 FROM acknowledgement WHERE prompt_id = NEW.prompt_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER acknowledgement_never_removed BEFORE DELETE ON acknowledgement WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (
        SELECT patient_id FROM visit WHERE id = (SELECT visit_id FROM prompt WHERE id = OLD.prompt_id)))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER addendum_by_clinician BEFORE INSERT ON addendum WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role = 'clinician' AND active)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;

CREATE TRIGGER addendum_in_order BEFORE INSERT ON addendum WHEN
    NEW.number <> 1 + (SELECT count(*) FROM addendum WHERE visit_id = NEW.visit_id)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER addendum_never_removed BEFORE DELETE ON addendum WHEN
    NOT EXISTS (SELECT 1 FROM removed WHERE done = 0 AND patient_id = (SELECT patient_id FROM visit WHERE id = OLD.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

-- What can only be added is changed in one way: a store that has no key of its notes yet encrypts the words that stand in it in the open.

CREATE TRIGGER acknowledgement_never_changed BEFORE UPDATE ON acknowledgement WHEN
    EXISTS (SELECT 1 FROM meta WHERE name = 'notes_key') OR NEW.words NOT LIKE 'notes1:%'
    OR (OLD.prompt_id, OLD.staff_id, OLD.at) IS NOT (NEW.prompt_id, NEW.staff_id, NEW.at)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

CREATE TRIGGER addendum_never_changed BEFORE UPDATE ON addendum WHEN
    EXISTS (SELECT 1 FROM meta WHERE name = 'notes_key') OR NEW.text NOT LIKE 'notes1:%' OR NEW.reason NOT LIKE 'notes1:%'
    OR (OLD.visit_id, OLD.number, OLD.fingerprint, OLD.staff_id, OLD.staff_name, OLD.staff_role, OLD.at)
    IS NOT (NEW.visit_id, NEW.number, NEW.fingerprint, NEW.staff_id, NEW.staff_name, NEW.staff_role, NEW.at)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER correction_never_changed;
CREATE TRIGGER correction_never_changed BEFORE UPDATE ON correction WHEN
    EXISTS (SELECT 1 FROM meta WHERE name = 'notes_key') OR NEW.reason NOT LIKE 'notes1:%'
    OR (OLD.id, OLD.visit_id, OLD.path, OLD.before, OLD.after, OLD.staff_id, OLD.at)
    IS NOT (NEW.id, NEW.visit_id, NEW.path, NEW.before, NEW.after, NEW.staff_id, NEW.at)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER signed_correction_not_changed;
CREATE TRIGGER signed_correction_not_changed BEFORE UPDATE ON correction WHEN
    EXISTS (SELECT 1 FROM meta WHERE name = 'notes_key')
    AND (EXISTS (SELECT 1 FROM review WHERE visit_id = OLD.visit_id) OR EXISTS (SELECT 1 FROM review WHERE visit_id = NEW.visit_id))
BEGIN
    SELECT RAISE(ABORT, 'visit_signed');
END;

DROP TRIGGER review_never_changed;
CREATE TRIGGER review_never_changed BEFORE UPDATE ON review WHEN
    EXISTS (SELECT 1 FROM meta WHERE name = 'notes_key') OR NEW.content NOT LIKE '"notes1:%'
    OR (OLD.visit_id, OLD.fingerprint, OLD.staff_id, OLD.staff_name, OLD.staff_role, OLD.at, OLD.location, OLD.form_version,
        OLD.rules_version, OLD.code_release)
    IS NOT (NEW.visit_id, NEW.fingerprint, NEW.staff_id, NEW.staff_name, NEW.staff_role, NEW.at, NEW.location, NEW.form_version,
        NEW.rules_version, NEW.code_release)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

-- A paper with a clinician's words on it is encrypted too; its SHA-256 is still that of the bytes that left.
ALTER TABLE document ADD COLUMN encrypted INTEGER NOT NULL DEFAULT 0 CHECK (encrypted IN (0, 1));

DROP TRIGGER document_never_changed;
CREATE TRIGGER document_never_changed BEFORE UPDATE ON document WHEN
    EXISTS (SELECT 1 FROM meta WHERE name = 'notes_key') OR OLD.content IS NULL OR NEW.content IS NULL OR NEW.encrypted <> 1
    OR (OLD.id, OLD.request_id, OLD.patient_id, OLD.visit_id, OLD.kind, OLD.version, OLD.preliminary, OLD.sha256, OLD.pages, OLD.language,
        OLD.copy_of, OLD.stamp, OLD.how, OLD.target, OLD.staff_id, OLD.at)
    IS NOT (NEW.id, NEW.request_id, NEW.patient_id, NEW.visit_id, NEW.kind, NEW.version, NEW.preliminary, NEW.sha256, NEW.pages, NEW.language,
        NEW.copy_of, NEW.stamp, NEW.how, NEW.target, NEW.staff_id, NEW.at)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER letter_signature_never_changed;
CREATE TRIGGER letter_signature_never_changed BEFORE UPDATE ON letter_signature WHEN
    EXISTS (SELECT 1 FROM meta WHERE name = 'notes_key') OR NEW.content NOT LIKE '"notes1:%'
    OR (OLD.request_id, OLD.fingerprint, OLD.staff_id, OLD.staff_name, OLD.staff_role, OLD.at)
    IS NOT (NEW.request_id, NEW.fingerprint, NEW.staff_id, NEW.staff_name, NEW.staff_role, NEW.at)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;

DROP TRIGGER letter_signed_stays;
CREATE TRIGGER letter_signed_stays BEFORE UPDATE ON letter WHEN
    OLD.request_id <> NEW.request_id
    OR (EXISTS (SELECT 1 FROM letter_signature WHERE request_id = OLD.request_id) AND (
        EXISTS (SELECT 1 FROM meta WHERE name = 'notes_key') OR NEW.typed NOT LIKE '["notes1:%'
        OR (OLD.template, OLD.version, OLD.staff_id, OLD.at) IS NOT (NEW.template, NEW.version, NEW.staff_id, NEW.at)))
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
