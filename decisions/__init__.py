"""Decisions: one application linked to the graph as it is now, judged by rules, and answered with reasons."""
