"""Which language the caller wants: `?lang=`, else what his `Accept-Language` prefers, else English."""

from typing import Annotated

from fastapi import Query, Request, Response

from graph.language import Language

Lang = Annotated[
    Language | None, Query(description="Language of the reasons; if left out, what `Accept-Language` prefers")
]


def spoken(request: Request, response: Response, lang: Language | None) -> Language:
    """The language of the answer, which its headers tell.

    (Called by the handlers: as a dependency of theirs it took a fifth of the time of a score lookup.)
    """
    language = lang or preferred(request.headers.get("Accept-Language", ""))
    response.headers["Content-Language"] = language.value
    response.headers["Vary"] = "Accept-Language"
    return language


def preferred(accepted: str) -> Language:
    """The language that this `Accept-Language` (RFC 9110, 12.5.4) prefers among those there are."""
    best, quality = Language.EN, 0.0
    for each in accepted.split(","):
        tag, _, parameter = each.partition(";")
        name, wanted = tag.strip().lower().partition("-")[0], _quality(parameter)
        if name in set(Language) and wanted > quality:
            best, quality = Language(name), wanted
    return best


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0
