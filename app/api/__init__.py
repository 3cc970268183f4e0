"""The HTTP API: scores and rings for the decision engine and other programs."""
