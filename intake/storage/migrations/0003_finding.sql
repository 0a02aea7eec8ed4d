-- Finding patients: by the beginning of a name, a birth date, a phone or its end, an email; by words; and by likeness.
-- The indexes of names and birth dates hold the whole line of a list, so that thirty hits are one page to read, not thirty.

CREATE INDEX patient_by_last ON patient (last_key, first_key, dob, legal_last, legal_first, phone);
CREATE INDEX patient_by_first ON patient (first_key, last_key, dob, legal_last, legal_first, phone);
CREATE INDEX patient_by_dob ON patient (dob, last_key, first_key, legal_last, legal_first, phone);

CREATE TABLE find_key (
    key TEXT NOT NULL,
    patient_id INTEGER NOT NULL,
    PRIMARY KEY (key, patient_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE match_key (
    key TEXT NOT NULL,
    patient_id INTEGER NOT NULL,
    PRIMARY KEY (key, patient_id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE patient_fts USING fts5(
    words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4', tokenize='unicode61 remove_diacritics 2'
);

-- A page of the encrypted file keeps 80 bytes for itself: larger pieces of the word index would each spill onto a second page.
INSERT INTO patient_fts (patient_fts, rank) VALUES ('pgsz', 3900);
