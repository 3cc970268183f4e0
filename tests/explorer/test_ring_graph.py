"""A ring as a graph, and its exports: everything that was known and nothing that was not, nobody's data in the open."""

import re
from pathlib import Path

import networkx as nx
import pytest

from app.graph_export import export_graph, ring_graph
from app.ring_graph import build_ring, read_ring, transfers
from graph.errors import NotFoundError, UsageError
from graph.results import Ring
from graph.store.contract import Store


@pytest.fixture
def plain(sample: Store) -> Ring:
    ring = sample.runs.ring("R-PLAIN")
    assert ring
    return ring


def test_a_ring_holds_its_members_what_they_share_and_their_transfers(sample: Store, plain: Ring) -> None:
    graph = read_ring(sample, plain, as_of=plain.last_seen or 0)
    kinds = [kind for _, kind in graph.nodes(data="kind")]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"Applicant": 6, "Device": 2, "Wifi": 1, "Phone": 1}
    assert graph.nodes["Applicant:A-002"]["name"] == "王伟"
    assert graph.nodes["Phone:+8613925716803"]["codes"] == "shared_phone"
    assert graph.edges["Applicant:A-003", "Phone:+8613925716803", "HAS_PHONE"]["codes"] == "shared_phone"
    assert [(start, end) for start, end, _ in transfers(graph)][:2] == [
        ("Applicant:A-001", "Applicant:A-002"),
        ("Applicant:A-002", "Applicant:A-003"),
    ]


def test_what_came_later_is_not_in_it(sample: Store, plain: Ring) -> None:
    second = sorted(item.first_seen or 0 for item in plain.evidence)[0] + 86_400
    graph = read_ring(sample, plain, as_of=second)
    assert len(transfers(graph)) == 2


def test_evidence_alone_makes_a_graph(plain: Ring) -> None:
    graph = build_ring(plain, as_of=0)
    assert graph.degree("Wifi:3c:84:6a:12:34:56") == 4
    assert graph.edges["Applicant:A-001", "Wifi:3c:84:6a:12:34:56", "ON_WIFI"]["codes"] == "shared_wifi"


def test_an_export_is_masked_unless_asked_otherwise(sample: Store) -> None:
    masked, whole = ring_graph(sample, "R-PLAIN"), ring_graph(sample, "R-PLAIN", masked=False)
    assert masked.nodes["Phone 1"]["key"] == "****803"
    assert masked.nodes["Applicant:A-002"]["name"] == "王****"
    assert "13925716803" not in str(list(masked.nodes(data=True))) + str(list(masked.edges(data=True)))
    assert whole.nodes["Applicant:A-002"]["name"] == "王伟"
    assert nx.is_isomorphic(nx.Graph(masked), nx.Graph(whole))


@pytest.mark.parametrize("ring_id", ["R-PLAIN", "R-HOSTILE", "R-LARGE"])
@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_other_programs_read_the_files(sample: Store, tmp_path: Path, ring_id: str, suffix: str) -> None:
    path = tmp_path / f"ring{suffix}"
    written = export_graph(sample, ring_id, path, masked=False)
    read = nx.read_graphml(path, force_multigraph=True) if suffix == ".graphml" else nx.read_gexf(path)
    assert (len(read), read.number_of_edges()) == (len(written), written.number_of_edges())
    kinds = sorted(kind for _, kind in read.nodes(data="kind"))
    assert kinds == sorted(kind for _, kind in written.nodes(data="kind"))


def test_characters_that_xml_cannot_hold_are_replaced(sample: Store, tmp_path: Path) -> None:
    path = tmp_path / "ring.graphml"
    keys = {values["key"] for _, values in export_graph(sample, "R-HOSTILE", path, masked=False).nodes(data=True)}
    labels = {values["label"] for _, values in nx.read_graphml(path).nodes(data=True)}
    assert labels - keys == {key.replace("\x0b\ufffe", "\ufffd\ufffd") for key in keys - labels}
    assert len(labels - keys) == 1


def test_the_documented_notebook_runs(
    sample_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "notebooks.md").read_text(encoding="utf-8")
    monkeypatch.setenv("RINGFENCE_STORE", sample_url)
    exec(re.findall(r"```python\n(.+?)```", page, re.DOTALL)[0], {})
    assert capsys.readouterr().out.startswith("Members share what shared_device says. ['Applicant:A-00")


def test_an_unknown_ring_or_suffix_is_told(sample: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="No ring has this id"):
        ring_graph(sample, "R-NOPE")
    with pytest.raises(UsageError, match="GraphML or GEXF"):
        export_graph(sample, "R-PLAIN", tmp_path / "ring.svg")
    assert list(tmp_path.iterdir()) == []
