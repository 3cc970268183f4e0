"""The nightly run: ingest, detect, publish, report."""
