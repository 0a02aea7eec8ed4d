-- Who may sign for whom, and since which entry of the audit: every slot an account ever had brings a key of its own. Nobody's account
-- is the recovery key's.
CREATE TABLE signer (
    id INTEGER PRIMARY KEY,
    staff_id INTEGER,
    public BLOB NOT NULL UNIQUE CHECK (length(public) = 32),
    since INTEGER NOT NULL CHECK (since >= 1)
) STRICT;

CREATE INDEX signer_of_person ON signer (staff_id, id);

-- A person's signature under the audit as far as an entry: it holds for every entry before it too, for each is chained to the next.
-- One gives way to a later one of the same key only. An entry that is gone, or was put in
-- another's place, leaves its signature, which tells of it.
CREATE TABLE audit_signature (
    seq INTEGER NOT NULL CHECK (seq >= 1),
    public BLOB NOT NULL REFERENCES signer (public),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (public, seq, signature)
) STRICT, WITHOUT ROWID;

-- What is asked at each sign-in: whether a person's own last entry is as she signed it.
CREATE INDEX audit_by_person ON audit (staff_id) WHERE staff_id IS NOT NULL;

CREATE TRIGGER signer_never_changed BEFORE UPDATE ON signer BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER signer_never_removed BEFORE DELETE ON signer BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER signer_never_replaced BEFORE INSERT ON signer WHEN
    EXISTS (SELECT 1 FROM signer WHERE id = NEW.id OR public = NEW.public)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER audit_signature_never_changed BEFORE UPDATE ON audit_signature BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER audit_signature_gives_way BEFORE DELETE ON audit_signature WHEN
    NOT EXISTS (SELECT 1 FROM audit_signature WHERE public = OLD.public AND seq > OLD.seq)
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
