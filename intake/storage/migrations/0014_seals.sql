-- Since when every row of which table is sealed, which is asked at each sign-in: a store has an entry or two that tell it.
CREATE INDEX audit_all_sealed ON audit (seq) WHERE action IN ('set_up', 'former_sealed');
