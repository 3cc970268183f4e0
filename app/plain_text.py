"""Text that came with a lender's data, made fit to be read: by people, in one line."""


def printable(text: str) -> str:
    """Without characters that would move the cursor, hide text, or turn the reading direction of what follows."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def shortened(text: str, longest: int) -> str:
    """Printable, and cut where it is too long to read."""
    line = printable(text[: longest + 1])
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
