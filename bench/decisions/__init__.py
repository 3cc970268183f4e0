"""How fast decisions are, on a graph of a million applicants, while a night loads and publishes beside them."""
