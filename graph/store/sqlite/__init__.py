"""The embedded store: one SQLite file in WAL mode, with many readers and one writer at a time, of any process."""
