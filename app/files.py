"""Files for other programs: there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.errors import OutputError

OWNER = 0o600
"""Mode of a file with personal data."""
ANYBODY = 0o666
"""Mode of a file without: whatever the umask leaves of it."""


@contextmanager
def replacing(path: Path, mode: int = OWNER) -> Iterator[Path]:
    """A temporary file beside `path` to write to; it takes the place of `path` when the block ends without an error.

    `OutputError` if the disk is full or the folder cannot be written; a file that was at `path` is then still there.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY, mode))
        yield part
        _sync(part)
        os.replace(part, path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            f"Cannot write: {reason}", where=str(path), do="Make room or choose another place."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _sync(path: Path) -> None:
    """Make sure that the data is on the disk before its name is."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
