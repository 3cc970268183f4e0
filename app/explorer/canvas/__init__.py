"""The picture of a ring: what it shows, where things lie, and the component that draws it."""
