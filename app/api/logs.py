"""The log as JSON lines: what happened where and when, and nothing that may be about somebody."""

import logging
from datetime import UTC, datetime
from traceback import extract_tb

import orjson

_OURS = ("ringfence", "uvicorn")
"""Loggers whose messages hold no data; of others, only the place that they come from is told."""

FIELDS = "fields"
"""Name of the `extra` that becomes fields of the line."""


class JsonLines(logging.Formatter):
    """One object a line. Of an exception its kind and place: its message and its variables may hold anything."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname,
            "logger": record.name,
        }
        if record.name.partition(".")[0] in _OURS:
            line["message"] = record.getMessage()
        else:
            line["at"] = f"{record.module}:{record.lineno}"
        line |= getattr(record, FIELDS, {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = place_of(record.exc_info[1])
        return orjson.dumps(line, default=str).decode()


def place_of(error: BaseException) -> str:
    """Kind and place of an error, without its message."""
    frames = extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
    return f"{type(error).__name__} at {place}"


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonLines}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {name: {"level": "INFO"} for name in _OURS},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
"""For `logging.config.dictConfig`: everything to standard error."""
