-- Who gets in. An account's password is no longer kept as a hash: it opens the account's slot (JSON), by which the store's keys are read.
ALTER TABLE staff RENAME COLUMN password TO slot;

-- What tells this store from every other one.
INSERT INTO meta (name, value) VALUES ('store_id', lower(hex(randomblob(16))));

-- How often signing in failed is kept beside the store, which is closed then.
DROP TABLE sign_in_failure;

-- The slot that the recovery key opens. It is confirmed once somebody typed the printed key back.
CREATE TABLE recovery (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    slot TEXT NOT NULL CHECK (json_valid(slot)),
    made_at TEXT NOT NULL,
    confirmed_at TEXT,
    used_at TEXT
) STRICT;

-- A time-based code beside the password. It counts from the moment a first code was typed back; no code serves twice.
CREATE TABLE second_factor (
    staff_id INTEGER PRIMARY KEY REFERENCES staff,
    secret TEXT NOT NULL,
    made_at TEXT NOT NULL,
    confirmed_at TEXT,
    last_step INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE spare_code (
    staff_id INTEGER NOT NULL REFERENCES staff,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    used_at TEXT,
    PRIMARY KEY (staff_id, sha256)
) STRICT, WITHOUT ROWID;

-- Emergency access: who, why and until when; an administrator is shown it at the next sign-in.
CREATE TABLE emergency (
    id INTEGER PRIMARY KEY,
    staff_id INTEGER NOT NULL REFERENCES staff,
    workstation TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (trim(reason) <> ''),
    at TEXT NOT NULL,
    until TEXT NOT NULL,
    seen_by INTEGER REFERENCES staff,
    seen_at TEXT,
    CHECK ((seen_by IS NULL) = (seen_at IS NULL))
) STRICT;

CREATE TRIGGER emergency_stays BEFORE UPDATE ON emergency WHEN
    OLD.seen_at IS NOT NULL OR (OLD.id, OLD.staff_id, OLD.workstation, OLD.reason, OLD.at, OLD.until)
        IS NOT (NEW.id, NEW.staff_id, NEW.workstation, NEW.reason, NEW.at, NEW.until)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER emergency_never_removed BEFORE DELETE ON emergency BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER emergency_by_clinician BEFORE INSERT ON emergency WHEN
    NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.staff_id AND role = 'clinician' AND active = 1)
    OR EXISTS (SELECT 1 FROM emergency WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'not_permitted');
END;
