"""The quarantine's way out: exported for correction, loaded again when corrected."""

from ingest.quarantine.correcting import Correction, load_corrected
from ingest.quarantine.exporting import export_quarantine

__all__ = ["Correction", "export_quarantine", "load_corrected"]
