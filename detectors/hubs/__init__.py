"""Hubs: how identifiers are used, what honest cause explains it, and what kind of hub that makes them."""
