-- The audit can only grow: whoever asks, an entry is neither changed nor removed nor put between others.

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff,
    staff_role TEXT,
    workstation TEXT NOT NULL,
    action TEXT NOT NULL,
    patient_id INTEGER REFERENCES patient,
    visit_id INTEGER REFERENCES visit,
    object_version INTEGER,
    changes TEXT NOT NULL CHECK (json_valid(changes)),
    reason TEXT,
    outcome TEXT NOT NULL,
    prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX audit_edits ON audit (patient_id) WHERE action = 'edit_patient';

CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'audit_append_only');
END;

CREATE TRIGGER audit_never_removed BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'audit_append_only');
END;

CREATE TRIGGER audit_only_appended BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq >= NEW.seq) BEGIN
    SELECT RAISE(ABORT, 'audit_append_only');
END;

CREATE TABLE draft (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    staff_id INTEGER NOT NULL REFERENCES staff,
    kind TEXT NOT NULL CHECK (kind IN ('intake', 'edit')),
    content TEXT NOT NULL CHECK (json_valid(content)),
    caret TEXT NOT NULL CHECK (json_valid(caret)),
    patient_id INTEGER REFERENCES patient,
    patient_version INTEGER,
    title TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK (kind = 'intake' OR patient_id IS NOT NULL),
    CHECK ((kind = 'edit') = (patient_version IS NOT NULL))
) STRICT;

CREATE INDEX draft_by_owner ON draft (staff_id);
