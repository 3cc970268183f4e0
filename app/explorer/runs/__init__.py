"""How the nights went: what was loaded, how rings and scores moved, and how often the honest are hit."""
