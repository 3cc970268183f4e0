"""Names for identifiers that may stand in an address, where a phone number itself may not: history and logs keep it.

An identifier is named by somebody who has it and a keyed digest of its key, so that nothing has to be kept to find it
again. The key of the digest is a file of the work folder; without it, links to identifiers made before lead nowhere.
"""

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

import streamlit as st

from app.explorer.frame import state
from app.ring_graph import PER_TYPE
from graph.ontology.nodes import APPLICANT
from graph.store.contract import Node, Store

_FILE = "references.key"
_BYTES = 32
_DIGITS = 24


def reference(label: str, key: str) -> str:
    """What stands for an identifier in an address, next to the id of an applicant who has it."""
    digest = hmac.digest(_secret(state.settings().work_dir), f"{label}\0{key}".encode(), "sha256")
    return digest.hex()[:_DIGITS]


def resolve(store: Store, applicant_id: str, asked: str) -> Node | None:
    """The identifier of this applicant that the reference stands for, or None."""
    around = store.graph.neighbourhood(APPLICANT, applicant_id, per_type=PER_TYPE)
    if around is None:
        return None
    wanted = asked.encode()  # as text, anything but ASCII is refused with an error
    found = (node for node in around.nodes if hmac.compare_digest(reference(node.kind, node.key).encode(), wanted))
    return next(found, None)


@st.cache_resource(show_spinner=False)
def _secret(folder: Path) -> bytes:
    """The key, made by whoever needs it first; nobody else may read it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _FILE
    fresh = folder / f"{_FILE}.{secrets.token_hex(8)}"
    fresh.touch(0o600)
    fresh.write_bytes(secrets.token_bytes(_BYTES))
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
    return path.read_bytes()
