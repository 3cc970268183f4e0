"""Likeness: names and addresses that are written differently and mean the same."""
