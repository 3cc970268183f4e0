"""The id of a load: from what is loaded and how, not from the file's name or age."""

import hashlib
from pathlib import Path

from ingest.options import Options
from ingest.reading.bytes import reading_errors
from ingest.sources import SourceFile

_FORM = "1"
"""Changed when the same file would be cut into other chunks, so that no half load goes on wrongly."""


def load_id(file: SourceFile, options: Options) -> str:
    """The same for the same content of the same table, read in the same way."""
    mapping = file.mapping.model_dump_json(exclude={"file"}) if file.mapping else ""
    named = file.name if file.mapping and file.mapping.uses_file_name else ""
    digest = hashlib.sha256()
    for part in (
        _FORM,
        file.table.name,
        options.region,
        options.encoding or "",
        mapping,
        named,
        content_digest(file.path),
    ):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:32]


def content_digest(path: Path) -> str:
    """Of the file's bytes, as they are on disk."""
    with reading_errors(path), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
