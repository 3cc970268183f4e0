"""Decisions while the applicant waits: what is asked for one, kept of it, and brought into the graph afterwards."""
