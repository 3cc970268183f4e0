"""What kind of file some bytes are, by the bytes alone: neither the name nor the sender is believed.

Nothing that a browser would run has a kind of its own here: HTML and SVG are text.
"""

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f")) + b"\x7f"


def media_type(content: bytes) -> str:
    """The media type; `application/octet-stream` where it is none of those that are known."""
    known = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    if known:
        return known
    return "text/plain" if _is_text(content) else "application/octet-stream"


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return content.translate(None, _CONTROL) == content
