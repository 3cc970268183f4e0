"""How well detection finds rings, whom it harms, how fast it is, and how others do on the same data."""
