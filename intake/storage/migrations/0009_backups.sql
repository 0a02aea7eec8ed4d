-- Where backups go, and what was backed up there. What a backup holds stands beside it, in its own folder.

CREATE TABLE backup_target (
    id INTEGER PRIMARY KEY,
    folder TEXT NOT NULL CHECK (folder <> ''),
    added_by INTEGER NOT NULL REFERENCES staff,
    added_at TEXT NOT NULL,
    removed_at TEXT,
    -- Who is at work here, by a word of chance, and when a sign of life last came.
    claimed_by TEXT NOT NULL DEFAULT '',
    seen_at TEXT,
    tried_at TEXT,
    trouble TEXT NOT NULL DEFAULT '',
    CHECK ((claimed_by = '') = (seen_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX backup_target_in_use ON backup_target (folder) WHERE removed_at IS NULL;

CREATE TABLE backup (
    id INTEGER PRIMARY KEY,
    target_id INTEGER NOT NULL REFERENCES backup_target,
    name TEXT NOT NULL CHECK (name <> ''),
    taken_at TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    audit_seq INTEGER NOT NULL CHECK (audit_seq >= 0),
    proven_at TEXT,
    trouble TEXT NOT NULL DEFAULT '',
    removed_at TEXT,
    UNIQUE (target_id, name)
) STRICT;

CREATE INDEX backup_there ON backup (target_id, taken_at) WHERE removed_at IS NULL;
