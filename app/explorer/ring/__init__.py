"""One ring from all sides: why, who, when, and where the money went."""
