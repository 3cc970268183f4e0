"""Reasons for decisions: a stable code each, told to analysts, customers and regulators."""
