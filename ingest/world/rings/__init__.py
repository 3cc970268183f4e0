"""The rings of the sample world: who is in them, and what they share."""
