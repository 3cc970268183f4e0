"""The work on a ring's case: who has it, what was said, notes and files, rings made by hand, reports, the log."""
