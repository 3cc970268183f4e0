"""Mapping files: how a lender's own files and columns become the tables of the data contract."""

from ingest.mapping.applying import check_sources, mapped
from ingest.mapping.loading import read_mapping
from ingest.mapping.model import ColumnMapping, Mapping, TableMapping

__all__ = ["ColumnMapping", "Mapping", "TableMapping", "check_sources", "mapped", "read_mapping"]
