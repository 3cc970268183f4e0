"""Linking: what an application shares with others at this second, and what that is worth."""
