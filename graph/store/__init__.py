"""Stores: one contract, an embedded SQLite store and a Neo4j store, opened from one URL."""
