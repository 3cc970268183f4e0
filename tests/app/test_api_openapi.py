from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

PATHS = {
    "/v1/decisions",
    "/v1/decisions/{decision_id}",
    "/health",
    "/ready",
    "/v1/scores/{applicant_id}",
    "/v1/scores:lookup",
    "/v1/rings",
    "/v1/rings/{ring_id}",
    "/v1/rings/{ring_id}/path",
    "/v1/appeals",
    "/v1/appeals/{appeal_id}",
}


@pytest.fixture
def description(api) -> dict[str, Any]:
    return api.get("/openapi.json", headers={"X-API-Key": ""}).json()


def examples(schema: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any], Any]]:
    for example in schema.get("examples", ()):
        yield place, schema, example
    for name, property_ in schema.get("properties", {}).items():
        yield from examples(property_, f"{place}.{name}")


def test_every_path_is_described(description: dict[str, Any]) -> None:
    assert set(description["paths"]) == PATHS
    for path, methods in description["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            assert operation["description"]
            assert bool(operation.get("security")) == path.startswith("/v1/")


def test_errors_are_described_as_they_are_sent(api, description: dict[str, Any]) -> None:
    described = {
        (path, method, status): set(response["content"])
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
        for status, response in operation["responses"].items()
    }
    errors = {content for (_, _, status), names in described.items() if not status.startswith("2") for content in names}
    assert errors == {api.get("/v1/scores/nobody").headers["content-type"]}
    assert all(names == {"application/json"} for (_, _, status), names in described.items() if status == "200")


def test_every_example_fits_its_schema(description: dict[str, Any]) -> None:
    root = Resource(contents=description, specification=DRAFT202012)
    registry = Registry().with_resource("urn:api", root)
    checked = set()
    for name, schema in description["components"]["schemas"].items():
        for place, described, example in examples(schema, name):
            absolute = {"$ref": f"urn:api#/components/schemas/{name}"} if described is schema else described
            Draft202012Validator(absolute, registry=registry).validate(example)
            checked.add(place)
    assert {"ScoreAnswer", "ScoresQuestion", "ScoresAnswer", "RingsAnswer", "RingAnswer", "PathAnswer"} <= checked


def test_every_field_of_an_answer_is_named_in_its_example(description: dict[str, Any]) -> None:
    for name in ("ScoreAnswer", "ScoresAnswer", "RingsAnswer", "RingAnswer"):
        schema = description["components"]["schemas"][name]
        assert set(schema["examples"][0]) == set(schema["properties"])


def test_a_real_answer_fits_the_schema(api, description: dict[str, Any]) -> None:
    registry = Registry().with_resource("urn:api", Resource(contents=description, specification=DRAFT202012))
    for path, name in (
        ("/v1/scores/A-1", "ScoreAnswer"),
        ("/v1/rings", "RingsAnswer"),
        ("/v1/rings/R-1", "RingAnswer"),
    ):
        answer = api.get(path).json()
        Draft202012Validator({"$ref": f"urn:api#/components/schemas/{name}"}, registry=registry).validate(answer)
