"""A person, or a thing that people use, from all sides: what was seen when, who shares it, what is thought of it."""
