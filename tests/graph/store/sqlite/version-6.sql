PRAGMA application_id = 1380535879;
PRAGMA user_version = 6;
BEGIN TRANSACTION;
CREATE TABLE "account" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO "account" VALUES(1,'a');
INSERT INTO "account" VALUES(2,'b');
CREATE TABLE "address" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE "applicant" (id INTEGER PRIMARY KEY REFERENCES "account" (id), "name" TEXT, "phone" TEXT, "id_hash" TEXT, "address" TEXT, "employer" TEXT, "created_at" INTEGER, "device_placeholder" TEXT, "wifi_placeholder" TEXT, "ip_placeholder" TEXT, "card_placeholder" TEXT, "contact_placeholder" TEXT, "extras" TEXT, "name_at" INTEGER, "phone_at" INTEGER, "id_hash_at" INTEGER, "address_at" INTEGER, "employer_at" INTEGER, "device_placeholder_at" INTEGER, "wifi_placeholder_at" INTEGER, "ip_placeholder_at" INTEGER, "card_placeholder_at" INTEGER, "contact_placeholder_at" INTEGER, "extras_at" INTEGER) STRICT;
INSERT INTO "applicant" VALUES(1,'Ann',NULL,NULL,NULL,NULL,100,NULL,NULL,NULL,NULL,NULL,NULL,100,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "applicant" VALUES(2,NULL,NULL,NULL,NULL,NULL,110,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE applicant_score (
        run INTEGER NOT NULL, applicant INTEGER NOT NULL, score REAL NOT NULL, ring_id TEXT,
        parts TEXT NOT NULL, reasons TEXT NOT NULL, PRIMARY KEY (run, applicant)) STRICT, WITHOUT ROWID;
INSERT INTO "applicant_score" VALUES(1,1,0.4,'r1','[]','[{"code":"shared_device","text":"2 members used the same device.","weight":1.0}]');
CREATE TABLE "application" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, "amount" INTEGER, "purpose" TEXT, "term_days" INTEGER, "channel" TEXT, "submitted_at" INTEGER, "status" TEXT, "extras" TEXT, "amount_at" INTEGER, "purpose_at" INTEGER, "term_days_at" INTEGER, "channel_at" INTEGER, "status_at" INTEGER, "extras_at" INTEGER) STRICT;
CREATE TABLE "blacklistentry" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, "kind" TEXT, "value" TEXT, "source" TEXT, "reason" TEXT, "listed_at" INTEGER, "extras" TEXT, "kind_at" INTEGER, "value_at" INTEGER, "source_at" INTEGER, "reason_at" INTEGER, "extras_at" INTEGER) STRICT;
CREATE TABLE "card" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, "bank" TEXT, "extras" TEXT) STRICT;
CREATE TABLE change (
        upto INTEGER PRIMARY KEY, mark INTEGER NOT NULL, kind TEXT NOT NULL, rows BLOB NOT NULL) STRICT;
INSERT INTO "change" VALUES(0,-974190171297201271,'',X'');
CREATE TABLE "device" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, "model" TEXT, "os" TEXT, "mac" TEXT, "extras" TEXT) STRICT;
INSERT INTO "device" VALUES(1,'d',NULL,NULL,NULL,NULL);
CREATE TABLE "employer" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE "from_ip" (start INTEGER NOT NULL REFERENCES "applicant" (id), "end" INTEGER NOT NULL REFERENCES "ip" (id), "first_seen" INTEGER, "last_seen" INTEGER, "sessions" INTEGER, "extras" TEXT, "sessions_at" INTEGER, "extras_at" INTEGER, PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID;
CREATE TABLE "has_card" (start INTEGER NOT NULL REFERENCES "applicant" (id), "end" INTEGER NOT NULL REFERENCES "card" (id), "first_seen" INTEGER, "last_seen" INTEGER, "extras" TEXT, "extras_at" INTEGER, PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID;
CREATE TABLE "has_id" (start INTEGER NOT NULL REFERENCES "applicant" (id), "end" INTEGER NOT NULL REFERENCES "nationalid" (id), "first_seen" INTEGER, "last_seen" INTEGER, PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID;
CREATE TABLE "has_phone" (start INTEGER NOT NULL REFERENCES "applicant" (id), "end" INTEGER NOT NULL REFERENCES "phone" (id), "first_seen" INTEGER, "last_seen" INTEGER, PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID;
CREATE TABLE "ip" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, "asn" TEXT, "net_type" TEXT, "extras" TEXT) STRICT;
CREATE TABLE "label" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, "applicant_id" TEXT, "label" TEXT, "source" TEXT, "decided_at" INTEGER, "extras" TEXT, "applicant_id_at" INTEGER, "label_at" INTEGER, "source_at" INTEGER, "extras_at" INTEGER) STRICT;
CREATE TABLE "lists_contact" (start INTEGER NOT NULL REFERENCES "applicant" (id), "end" INTEGER NOT NULL REFERENCES "phone" (id), "relation" TEXT, "extras" TEXT, PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID;
CREATE TABLE "lives_at" (start INTEGER NOT NULL REFERENCES "applicant" (id), "end" INTEGER NOT NULL REFERENCES "address" (id), "first_seen" INTEGER, "last_seen" INTEGER, PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID;
CREATE TABLE load (load_id TEXT PRIMARY KEY, started_at TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "load" VALUES('l1','2026-03-01T12:00:00+00:00','{"load_id":"l1","table":"applicants","file":"applicants.csv","status":"done","started_at":"2026-03-01T12:00:00Z","finished_at":null,"rows_read":3,"loaded":2,"merged":0,"quarantined":0,"placeholders":0,"chunks_done":0,"unknown_columns":[],"reason":""}');
CREATE TABLE "nationalid" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE night (started_at TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE "on_wifi" (start INTEGER NOT NULL REFERENCES "applicant" (id), "end" INTEGER NOT NULL REFERENCES "wifi" (id), "first_seen" INTEGER, "last_seen" INTEGER, "sessions" INTEGER, "extras" TEXT, "sessions_at" INTEGER, "extras_at" INTEGER, PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID;
CREATE TABLE "phone" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE quarantine (
        load_id TEXT NOT NULL, line INTEGER NOT NULL, "column" TEXT NOT NULL, "table" TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (load_id, line, "column")) STRICT, WITHOUT ROWID;
INSERT INTO "quarantine" VALUES('l1',3,'phone','applicants','{"load_id":"l1","file":"applicants.csv","table":"applicants","line":3,"column":"phone","value":"12*","reason":"too short","raw":"{}"}');
CREATE TABLE ring (
        id INTEGER PRIMARY KEY, run INTEGER NOT NULL, ring_id TEXT NOT NULL, score REAL NOT NULL, size INTEGER NOT NULL,
        change TEXT NOT NULL, kind TEXT NOT NULL, exposure INTEGER NOT NULL, expected_loss INTEGER NOT NULL,
        first_seen INTEGER, last_seen INTEGER, headline TEXT NOT NULL, headline_figures TEXT NOT NULL DEFAULT '{}', false_kills REAL, false_kills_low INTEGER, false_kills_high INTEGER, UNIQUE (run, ring_id)
    ) STRICT;
INSERT INTO "ring" VALUES(1,1,'r1',0.5,2,'new','shared_device',1000,500,100,200,'They share a device.','{}',NULL,NULL,NULL);
CREATE TABLE ring_body (
        run INTEGER NOT NULL, ring_id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (run, ring_id)) STRICT;
INSERT INTO "ring_body" VALUES(1,'r1','{"ring_id":"r1","run_id":"run1","score":0.5,"size":2,"change":"new","kind":"shared_device","exposure":1000,"expected_loss":500,"first_seen":100,"last_seen":200,"headline":"They share a device.","members":[{"applicant_id":"a","score":0.4,"role":"core"},{"applicant_id":"b","score":0.4,"role":"core"}],"parts":[{"name":"links","value":0.5,"detail":"2 devices"}],"reasons":[{"code":"shared_device","text":"2 members used 1 device.","weight":1.0}],"evidence":[{"code":"shared_device","kind":"Device","key":"d","applicants":["a","b"],"weight":0.7,"first_seen":null,"last_seen":null,"detail":""}],"previous":[]}');
CREATE TABLE ring_member (
        run INTEGER NOT NULL, applicant_id TEXT NOT NULL, ring_id TEXT NOT NULL, score REAL NOT NULL,
        PRIMARY KEY (run, applicant_id, ring_id)) STRICT, WITHOUT ROWID;
INSERT INTO "ring_member" VALUES(1,'a','r1',0.4);
INSERT INTO "ring_member" VALUES(1,'b','r1',0.4);
CREATE TABLE run (
        number INTEGER PRIMARY KEY, run_id TEXT NOT NULL UNIQUE, published INTEGER NOT NULL, body TEXT NOT NULL
    ) STRICT;
INSERT INTO "run" VALUES(1,'run1',1,'{"run_id":"run1","as_of":"2026-03-01T12:00:00Z","started_at":"2026-03-01T12:00:00Z","finished_at":"2026-03-01T12:00:00Z","published_at":"2026-11-24T22:46:35.461051Z","rings":1,"applicants":0,"figures":{"read_s":0.5}}');
CREATE TABLE "submitted" (start INTEGER NOT NULL REFERENCES "applicant" (id), "end" INTEGER NOT NULL REFERENCES "application" (id), "submitted_at" INTEGER, PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID;
CREATE TABLE "transferred" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, start INTEGER NOT NULL REFERENCES "account" (id), "end" INTEGER NOT NULL REFERENCES "account" (id), "amount" INTEGER, "ts" INTEGER, "extras" TEXT, "amount_at" INTEGER, "extras_at" INTEGER) STRICT;
INSERT INTO "transferred" VALUES(1,'t',1,2,100,150,NULL,150,NULL);
CREATE TABLE "used_device" (start INTEGER NOT NULL REFERENCES "applicant" (id), "end" INTEGER NOT NULL REFERENCES "device" (id), "first_seen" INTEGER, "last_seen" INTEGER, "sessions" INTEGER, "extras" TEXT, "sessions_at" INTEGER, "extras_at" INTEGER, PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID;
INSERT INTO "used_device" VALUES(1,1,100,200,NULL,NULL,NULL,NULL);
INSERT INTO "used_device" VALUES(2,1,110,210,NULL,NULL,NULL,NULL);
CREATE TABLE "wifi" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, "ssid" TEXT, "extras" TEXT) STRICT;
CREATE TABLE "works_at" (start INTEGER NOT NULL REFERENCES "applicant" (id), "end" INTEGER NOT NULL REFERENCES "employer" (id), "first_seen" INTEGER, "last_seen" INTEGER, PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID;
CREATE INDEX "used_device_end" ON "used_device" ("end", "last_seen");
CREATE INDEX "on_wifi_end" ON "on_wifi" ("end", "last_seen");
CREATE INDEX "from_ip_end" ON "from_ip" ("end", "last_seen");
CREATE INDEX "has_phone_end" ON "has_phone" ("end", "last_seen");
CREATE INDEX "has_card_end" ON "has_card" ("end", "last_seen");
CREATE INDEX "has_id_end" ON "has_id" ("end", "last_seen");
CREATE INDEX "lives_at_end" ON "lives_at" ("end", "last_seen");
CREATE INDEX "works_at_end" ON "works_at" ("end", "last_seen");
CREATE INDEX "lists_contact_end" ON "lists_contact" ("end");
CREATE INDEX "transferred_end" ON "transferred" ("end", "ts");
CREATE INDEX "transferred_start" ON "transferred" ("start", "ts");
CREATE INDEX "submitted_end" ON "submitted" ("end", "submitted_at");
COMMIT;
