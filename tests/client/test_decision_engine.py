"""The example of a decision engine, as it is run."""

import json
import os
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "decision_engine.py"
LINES = [
    *(json.dumps({"application_id": f"E-{each}", "applicant": {"applicant_id": "A-1"}}) for each in range(50)),
    "no JSON",
    json.dumps({"application_id": "E-50", "applicant": {}}),
]


def engine(address: str, key: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"RINGFENCE_URL": address, "RINGFENCE_KEY": key}
    return subprocess.run(
        [sys.executable, EXAMPLE],
        input="\n".join(LINES),
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_it_decides_what_it_is_sent_and_the_same_when_started_again(address: str, key: str) -> None:
    done, again = (engine(address, key) for _ in range(2))
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert [verdict["application_id"] for verdict in verdicts] == [*(f"E-{each}" for each in range(50)), None, None]
    assert {verdict["outcome"] for verdict in verdicts} <= {"approve", "review", "reject"}
    assert [verdict["outcome"] for verdict in verdicts[50:]] == ["review", "review"]
    decided = {verdict["application_id"]: verdict["decision_id"] for verdict in verdicts if verdict["decision_id"]}
    assert decided, done.stderr
    later = {
        verdict["application_id"]: verdict["decision_id"] for verdict in map(json.loads, again.stdout.splitlines())
    }
    assert all(later[each] in {decision, None} for each, decision in decided.items())


def test_without_an_answer_it_has_people_look(key: str) -> None:
    done = engine("http://127.0.0.1:9", key)
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert {verdict["outcome"] for verdict in verdicts} == {"review"}
    assert verdicts[0]["without"] == "NoConnectionError"


def test_with_a_wrong_key_it_does_not_go_on(address: str) -> None:
    done = engine(address, "wrong")
    assert done.returncode != 0
    assert "KeyRefusedError" in done.stderr
