"""Databases that others than the graph are kept in: opened, migrated, and their errors told. SQLite or PostgreSQL."""
