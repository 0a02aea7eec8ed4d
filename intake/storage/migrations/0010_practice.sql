-- What a practice put in the place of files that come with the program: the whole of each, by whom and when. The file itself lies
-- beside the store, where everybody with the folder can change it; one that differs from what is kept here was changed elsewhere.
CREATE TABLE override (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    content BLOB NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL
) STRICT;

-- Snippets for every clinician of the practice, before those that come with the program.
CREATE TABLE practice_snippet (
    abbreviation TEXT PRIMARY KEY CHECK (abbreviation <> ''),
    text TEXT NOT NULL CHECK (text <> ''),
    staff_id INTEGER NOT NULL REFERENCES staff,
    at TEXT NOT NULL
) STRICT;
