"""The client knows every field and every word of the description."""

import inspect
from enum import StrEnum
from typing import Any

import pytest
from pydantic import BaseModel

from app.api.application import create_app
from app.settings import Settings
from ringfence_client import AsyncRingfence, Ringfence, answers, application, calls, decided

DESCRIBED: dict[str, Any] = create_app(Settings()).openapi()
SCHEMAS: dict[str, Any] = DESCRIBED["components"]["schemas"]
NAMED = {
    "ScoreAnswer": answers.Score,
    "ScoresAnswer": answers.Scores,
    "ScoresQuestion": calls._ScoresQuestion,
    "RingsAnswer": answers.Rings,
    "RingAnswer": answers.Ring,
    "PathAnswer": answers.RingPath,
    "ToldStep": answers.Step,
    "DecisionAnswer": decided.Decision,
    "DecisionsAnswer": decided.Decisions,
    "AppealRequest": calls._Objection,
    "AppealAnswer": decided.Appeal,
}
"""Those that the client calls by another name."""
FOR_PROBES = {"Alive", "Ready"}


def model(name: str) -> Any:
    of_modules = (getattr(module, name, None) for module in (answers, decided, application))
    return NAMED.get(name) or next((found for found in of_modules if found is not None), None)


def fields(of: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in of.model_fields.items()}


@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - FOR_PROBES))
def test_every_field_and_word_of_the_description_is_known(name: str) -> None:
    schema, known = SCHEMAS[name], model(name)
    assert known is not None, f"the client has no {name}"
    if "enum" in schema:
        assert issubclass(known, StrEnum)
        assert set(schema["enum"]) == set(known)
        return
    assert fields(known) == set(schema["properties"])
    for field, described in schema["properties"].items():
        attribute = next(each for key, each in known.model_fields.items() if (each.alias or key) == field)
        if "const" not in described and name not in {"ScoresQuestion", "AppealRequest"}:
            assert nullable(described) <= (type(None) in getattr(attribute.annotation, "__args__", ())), field
    needed = {known_field.alias or key for key, known_field in known.model_fields.items() if known_field.is_required()}
    if name in {"Application", "Person", "ScoresQuestion"}:
        assert needed == set(schema["required"]), "as much must be sent, and no more"
    else:
        assert needed <= set(schema.get("required", ())), "what may be missing in an answer has a default"


def nullable(schema: dict[str, Any]) -> bool:
    return {"type": "null"} in schema.get("anyOf", ())


def test_the_example_of_every_schema_is_read() -> None:
    examples = [(name, each) for name, schema in SCHEMAS.items() for each in schema.get("examples", ()) if model(name)]
    assert {"ScoreAnswer", "RingAnswer", "RingsAnswer", "PathAnswer"} <= {name for name, _ in examples}
    for name, example in examples:
        model(name).model_validate(example)


def test_every_route_can_be_called() -> None:
    routes = {
        (method.upper(), path)
        for path, operations in DESCRIBED["paths"].items()
        for method in operations
        if path.startswith("/v1/")
    }
    example = application.Application(application_id="P", applicant=application.Person(applicant_id="A"))
    made = [
        calls.score("A", None),
        calls.scores(["A"], None),
        calls.rings({}),
        calls.ring("R", None, None),
        calls.path("R", "A", "B", None, None),
        calls.decide(example, dry_run=False, idempotency_key=None, lang=None),
        calls.decision("D", None),
        calls.decisions({}),
        calls.file_appeal("D", "Why?", None),
        calls.appeal(7, None),
    ]
    templates = {"A": "{applicant_id}", "R": "{ring_id}", "D": "{decision_id}", "7": "{appeal_id}"}
    callable_ = {
        (call.method, "/".join(templates.get(piece, piece) for piece in call.path.split("/"))) for call in made
    }
    assert routes <= callable_


def test_both_clients_take_the_same() -> None:
    public = [each for each in vars(Ringfence) if not each.startswith("_")]
    assert public == [each for each in vars(AsyncRingfence) if not each.startswith("_")]
    for name in public:
        assert inspect.signature(getattr(Ringfence, name)) == inspect.signature(getattr(AsyncRingfence, name))


@pytest.mark.parametrize("kind", ["rings", "decisions"])
def test_lists_take_every_parameter_of_the_description(kind: str) -> None:
    described = {each["name"] for each in DESCRIBED["paths"][f"/v1/{kind}"]["get"]["parameters"]}
    taken = set(inspect.signature(getattr(Ringfence, kind)).parameters) - {"self"}
    assert taken == described - {"accept-language"}
