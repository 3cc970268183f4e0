"""Writes the report of a night to a folder."""

import tempfile
from pathlib import Path

from app.files import ANYBODY, replacing
from app.nightly.rendering import html_of, markdown_of
from app.nightly.report import NightReport
from graph.errors import OutputError


def write_report(report: NightReport, folder: Path) -> tuple[Path, ...]:
    """Write `nightly-TIME.html`, `.md` and `.json`; returns where they are. `OutputError` if that is impossible."""
    try_folder(folder)
    texts = {"html": html_of(report), "md": markdown_of(report), "json": report.model_dump_json(indent=2)}
    # To the microsecond: a night that fails at once may be followed by another within the same second.
    stem = f"nightly-{report.started_at:%Y%m%dT%H%M%S.%fZ}"
    return tuple(_write(folder / f"{stem}.{suffix}", text) for suffix, text in texts.items())


def try_folder(folder: Path) -> None:
    """Make the folder if it is not there; `OutputError` unless a file can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            f"Cannot write the report: {reason}", where=str(folder), do="Choose other --reports."
        ) from error


def _write(path: Path, text: str) -> Path:
    with replacing(path, ANYBODY) as part:
        part.write_text(text, encoding="utf-8", errors="replace")
    return path
