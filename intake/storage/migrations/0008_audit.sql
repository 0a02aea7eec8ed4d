-- What is asked of the audit: what happened in a period, and who looked at one patient's record.
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_patient ON audit (patient_id, at) WHERE patient_id IS NOT NULL;

-- The checks of the store that were made, by somebody or by itself, and what each found. The audit tells of each too.
CREATE TABLE check_run (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff,
    workstation TEXT NOT NULL,
    took_ms INTEGER NOT NULL CHECK (took_ms >= 0),
    entries INTEGER NOT NULL CHECK (entries >= 0),
    last TEXT NOT NULL,
    findings TEXT NOT NULL CHECK (json_valid(findings))
) STRICT;

CREATE TRIGGER check_run_never_changed BEFORE UPDATE ON check_run BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER check_run_never_removed BEFORE DELETE ON check_run BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
