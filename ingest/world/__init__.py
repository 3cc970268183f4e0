"""The sample world: a lender's population with honest sharing and fraud rings, and the truth about them."""

from ingest.world.knobs import DifficultyChoice, Knobs
from ingest.world.writing import Format, Written, generate

__all__ = ["DifficultyChoice", "Format", "Knobs", "Written", "generate"]
