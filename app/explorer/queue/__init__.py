"""The queue: the rings of the published run, the most costly first."""
