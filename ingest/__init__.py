"""Ingest: reads a lender's tables, checks them, keeps bad rows in quarantine, loads the rest; and the sample world."""
