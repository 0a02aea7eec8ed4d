-- The first store. Columns that keep a field of a record are named as the field; NULL means not asked.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (scope, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (login <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    role TEXT NOT NULL CHECK (role IN ('receptionist', 'clinician', 'print_desk', 'administrator')),
    password TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE sign_in_failure (
    login TEXT PRIMARY KEY COLLATE NOCASE,
    count INTEGER NOT NULL CHECK (count >= 1),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE patient (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL CHECK (version >= 1),
    legal_last TEXT NOT NULL,
    legal_first TEXT,
    dob TEXT NOT NULL CHECK (dob IS date(dob)),
    sex TEXT CHECK (sex IN ('female', 'male', 'other', 'unknown')),
    phone TEXT,
    legal_middle TEXT,
    suffix TEXT,
    preferred_name TEXT,
    former_name TEXT,
    pronouns TEXT,
    gender_identity TEXT,
    phone_type TEXT CHECK (phone_type IN ('mobile', 'home', 'work')),
    phone_text_ok TEXT CHECK (phone_text_ok IN ('yes', 'no')),
    phone_message_ok TEXT CHECK (phone_message_ok IN ('yes', 'no')),
    phone2 TEXT,
    email TEXT,
    email_ok TEXT CHECK (email_ok IN ('yes', 'no')),
    line1 TEXT,
    line2 TEXT,
    zip_code TEXT,
    city TEXT,
    state TEXT,
    language TEXT
        CHECK (language IN ('en', 'es', 'pt', 'zh', 'ko', 'ar', 'hi', 'gu', 'pa', 'pl', 'ru', 'ht', 'tl', 'vi', 'it', 'fr', 'asl', 'other')),
    language_other TEXT,
    interpreter TEXT CHECK (interpreter IN ('yes', 'no')),
    interpreter_language TEXT,
    accessibility_needs TEXT,
    emergency_name TEXT,
    emergency_phone TEXT,
    emergency_relationship TEXT,
    guardian_name TEXT,
    guardian_relationship TEXT,
    guardian_phone TEXT,
    guardian_authority TEXT CHECK (guardian_authority IN ('yes', 'no', 'unsure')),
    last_key TEXT NOT NULL,
    first_key TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patient,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'with_clinician', 'finished', 'left')),
    status_at TEXT NOT NULL,
    before_status TEXT CHECK (before_status IN ('waiting', 'with_clinician', 'finished', 'left')),
    before_status_at TEXT,
    arrived_at TEXT NOT NULL,
    visit_day TEXT NOT NULL CHECK (visit_day IS date(visit_day)),
    recorded_by INTEGER NOT NULL REFERENCES staff,
    recorded_at TEXT NOT NULL,
    checklist_version TEXT NOT NULL,
    regions_version TEXT NOT NULL,
    location TEXT NOT NULL,
    visit_type TEXT NOT NULL CHECK (visit_type IN ('none', 'auto', 'work', 'other_injury')),
    reason TEXT NOT NULL CHECK (length(reason) <= 40000),
    booking TEXT CHECK (booking IN ('walk_in', 'appointment')),
    appointment_time TEXT,
    referral TEXT CHECK (referral IN ('self', 'provider', 'attorney', 'insurer', 'friend', 'online', 'other')),
    referring_provider TEXT,
    primary_care TEXT,
    payment TEXT CHECK (payment IN ('insured', 'self_pay', 'unknown')),
    estimate_requested TEXT CHECK (estimate_requested IN ('yes', 'no')),
    network TEXT CHECK (network IN ('in_network', 'out_of_network', 'unknown')),
    network_disclosed TEXT CHECK (network_disclosed IS date(network_disclosed)),
    CHECK ((before_status IS NULL) = (before_status_at IS NULL))
) STRICT;

