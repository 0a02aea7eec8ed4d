-- What hangs on a visit. A part of which nothing was asked has no row.

CREATE TABLE coverage (
    visit_id INTEGER NOT NULL REFERENCES visit,
    place TEXT NOT NULL CHECK (place IN ('primary', 'secondary')),
    payer TEXT,
    member_id TEXT,
    group_number TEXT,
    plan_phone TEXT,
    subscriber TEXT CHECK (subscriber IN ('self', 'spouse', 'parent', 'other')),
    subscriber_name TEXT,
    subscriber_dob TEXT CHECK (subscriber_dob IS date(subscriber_dob)),
    PRIMARY KEY (visit_id, place)
) STRICT;

CREATE TABLE claim (
    visit_id INTEGER PRIMARY KEY REFERENCES visit,
    accident_date TEXT CHECK (accident_date IS date(accident_date)),
    accident_time TEXT,
    accident_place TEXT,
    accident_state TEXT,
    description TEXT CHECK (length(description) <= 40000),
    role TEXT CHECK (role IN ('driver', 'passenger', 'pedestrian', 'cyclist', 'other')),
    policy_holder TEXT,
    policy_holder_relationship TEXT,
    insurer TEXT,
    policy_number TEXT,
    police_report TEXT,
    health_primary TEXT CHECK (health_primary IN ('yes', 'no', 'unsure')),
    first_treatment TEXT CHECK (first_treatment IS date(first_treatment)),
    employer TEXT,
    employer_contact TEXT,
    employer_phone TEXT,
    body_part TEXT,
    reported_on TEXT CHECK (reported_on IS date(reported_on)),
    carrier TEXT,
    claim_number TEXT,
    adjuster_name TEXT,
    adjuster_phone TEXT,
    adjuster_fax TEXT,
    adjuster_email TEXT,
    authorization_number TEXT,
    authorization_name TEXT,
    authorization_date TEXT CHECK (authorization_date IS date(authorization_date)),
    authorization_scope TEXT,
    case_manager TEXT,
    work_status TEXT CHECK (work_status IN ('full', 'light', 'off', 'unknown')),
    attorney_name TEXT,
    attorney_phone TEXT,
    prior_hospital TEXT,
    lost_work TEXT CHECK (lost_work IN ('yes', 'no'))
) STRICT;

CREATE TABLE safety (
    visit_id INTEGER PRIMARY KEY REFERENCES visit,
    allergies TEXT CHECK (length(allergies) <= 40000),
    medications TEXT CHECK (length(medications) <= 40000),
    blood_thinner TEXT CHECK (blood_thinner IN ('yes', 'no', 'unsure')),
    blood_thinner_name TEXT,
    opioids TEXT CHECK (opioids IN ('yes', 'no', 'unsure')),
    opioid_name TEXT,
    steroids TEXT CHECK (steroids IN ('yes', 'no', 'unsure')),
    contrast_allergy TEXT CHECK (contrast_allergy IN ('yes', 'no', 'unsure')),
    pregnancy TEXT CHECK (pregnancy IN ('yes', 'no', 'unsure', 'not_applicable', 'declined')),
    device TEXT CHECK (device IN ('yes', 'no', 'unsure')),
    device_name TEXT,
    surgery TEXT CHECK (surgery IN ('yes', 'no', 'unsure')),
    surgery_detail TEXT,
    occupation TEXT,
    pharmacy TEXT,
    pharmacy_phone TEXT
) STRICT;

CREATE TABLE notices (
    visit_id INTEGER PRIMARY KEY REFERENCES visit,
    privacy TEXT CHECK (privacy IN ('signed', 'refused', 'unable', 'emergency')),
    privacy_reason TEXT,
    privacy_version TEXT,
    advance_directive TEXT CHECK (advance_directive IN ('yes', 'no', 'unsure', 'declined')),
    advance_directive_place TEXT,
    consent_treatment TEXT CHECK (consent_treatment IN ('given', 'declined')),
    consent_benefits TEXT CHECK (consent_benefits IN ('given', 'declined')),
    consent_messages TEXT CHECK (consent_messages IN ('given', 'declined')),
    consent_disclosure TEXT CHECK (consent_disclosure IN ('given', 'declined')),
    consent_version TEXT,
    consent_signer TEXT
) STRICT;

CREATE TABLE answer (
    visit_id INTEGER NOT NULL REFERENCES visit,
    key TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (visit_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark (
    visit_id INTEGER NOT NULL REFERENCES visit,
    place INTEGER NOT NULL CHECK (place >= 0),
    region TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (visit_id, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_by_patient ON visit (patient_id);
CREATE INDEX visit_by_day ON visit (visit_day, arrived_at);
