-- What is looked up in the audit while somebody waits, and stands in few of its entries: new keys, who was switched off, checks.
CREATE INDEX audit_new_key ON audit (seq) WHERE action = 'rotate_key';
CREATE INDEX audit_switched ON audit (seq) WHERE action = 'set_active';
CREATE INDEX audit_anchor_line ON audit (seq) WHERE action IN ('check_store', 'begin_anchor_line');
