"""Rules: a file of conditions, points and reasons that a fraud manager reads and changes without code."""
