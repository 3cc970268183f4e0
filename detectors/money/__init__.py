"""Money: how it runs between accounts, and the patterns of those who act together."""
