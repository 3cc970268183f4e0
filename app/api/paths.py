"""Ids in paths: a lender's id may hold anything, slashes and line breaks too."""

from starlette.convertors import Convertor, register_url_convertor

ID = "id"
"""Name of the convertor, as in `/scores/{applicant_id:id}`."""


class IdConvertor(Convertor[str]):
    """Matches whatever is left of the path, at least one character."""

    regex = "(?s:.+)"

    def convert(self, value: str) -> str:
        """The id as it came, percent-decoded by the server."""
        return value

    def to_string(self, value: str) -> str:
        """The id as it stands in a path."""
        return value


register_url_convertor(ID, IdConvertor())
