"""The decision log: every decision as it was made, never changed; what was accepted is durable here at once."""
