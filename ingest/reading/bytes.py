"""A file's bytes as a stream, decompressed on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from graph.errors import BadInputError, RingfenceError

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}


@contextmanager
def open_bytes(path: Path) -> Iterator[pa.NativeFile]:
    """The decompressed bytes of a plain, `.gz` or `.zst` file; a file that is cut or damaged is a `BadInputError`."""
    compression = COMPRESSIONS.get(path.suffix.lower())
    with reading_errors(path), pa.OSFile(str(path), "rb") as file:
        if compression is None or file.size() == 0:
            yield file
        else:
            with pa.CompressedInputStream(file, compression) as stream:
                yield stream


@contextmanager
def reading_errors(path: Path) -> Iterator[None]:
    """Turn what Arrow and the system say about a file into an error that the user can act on."""
    try:
        yield
    except RingfenceError:
        raise
    except PermissionError as error:
        raise BadInputError(
            "The file may not be read", where=str(path), do="Give this user the right to read it, then run again."
        ) from error
    except (OSError, pa.ArrowException) as error:
        raise BadInputError(
            f"The file cannot be read to its end: {_first_line(error)}",
            where=str(path),
            do="It may be cut or damaged: have it delivered again, then run again.",
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
