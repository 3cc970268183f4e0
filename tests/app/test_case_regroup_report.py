"""`ringfence cases merge`, `split`, `ungroup` and `report`, as people and programs use them."""

import csv
import io
import xml.etree.ElementTree as ET

import pytest
from pypdf import PdfReader

from app.case_report.pdf import drawable
from app.wiring import casebook_of, store_of


@pytest.fixture
def cases(ringfence, published, world, monkeypatch):
    """Runs `ringfence cases` as ann on a store whose rings have cases."""
    with store_of(published) as store, casebook_of(published) as book:
        run = store.runs.current()
        book.follow(run, [store.runs.ring(each.ring_id) for each in store.runs.rings()])
    monkeypatch.setenv("RINGFENCE_AUTHOR", "ann")
    return lambda command, *arguments: ringfence("cases", command, *arguments, "--store", published.store)


def table(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_rings_are_merged_split_and_put_back(cases):
    members = cases("show", "R-1", "--json").json["members"]
    said = cases("split", "R-1", "--member", members[0], "--reason", "Apart.", "--json").json
    assert (said["id"], said["target"], said["members"]) == (1, "R-1.1", [members[0]])
    assert "is one with R-1.1" in cases("merge", "R/2 <odd>", "R-1.1", "--reason", "One.").out
    assert [case["ring_id"] for case in cases("list", "--json").json] == ["R-1", "R-1.1"]
    assert cases("ungroup", 1, "--reason", "No.").code == 64
    assert "taken back" in cases("ungroup", 2, "--reason", "No.").out
    assert "taken back by ann" in cases("show", "R-1.1").out
    cases("ungroup", 1, "--reason", "No.")
    assert cases("show", "R-1", "--json").json["members"] == members
    assert cases("split", "R-1", "--member", "nobody", "--reason", "x").code == 64


def test_a_report_is_masked_unless_there_is_a_purpose(cases, tmp_path):
    cases("note", "R-1", '=HYPERLINK("http://x")\nsecond line')
    path = tmp_path / "case.csv"
    assert cases("report", "R-1", path).code == 0
    masked = table(path)
    assert {"Summary", "Members", "Notes", "Log"} <= {row["section"] for row in masked}
    (note,) = [row for row in masked if row["section"] == "Notes"]
    assert note["detail"].startswith("'=HYPERLINK")
    assert cases("report", "R-1", path, "--purpose", "Court 5").code == 0
    assert cases("audit", "R-1", "--json").json[0]["after"] == {"form": "csv", "purpose": "Court 5"}
    whole = table(path)
    assert [row["subject"] for row in masked if "****" in row["subject"]]
    assert not [row["subject"] for row in whole if "****" in row["subject"]]


def test_reports_are_pdf_and_graphml_too(cases, tmp_path):
    assert cases("report", "R-1", tmp_path / "case.pdf", "--lang", "zh").code == 0
    assert (tmp_path / "case.pdf").read_bytes().startswith(b"%PDF-")
    assert cases("report", "R-1", tmp_path / "case.graphml").code == 0
    assert ET.parse(tmp_path / "case.graphml").getroot().tag.endswith("graphml")
    assert cases("report", "R-1", tmp_path / "case.docx").code == 64
    assert cases("report", "R-9", tmp_path / "none.pdf").code == 66
    assert not (tmp_path / "none.pdf").exists()
    assert cases("report", "R-1", tmp_path / "none.pdf", "--purpose", " ").code == 64


def test_what_strangers_wrote_is_printed_as_text(cases, tmp_path, caplog):
    hostile = "王伟 <b>张敏</b> [x](javascript:alert(1)) **长** \u202eevil\x0b 😀 ظ " + "长" * 3_000
    cases("note", "R-1", f"{hostile}\nzweite Zeile ß")
    cases("judge", "R-1", "watch", "--reason", "=1+1 </script>")
    assert cases("report", "R-1", tmp_path / "case.pdf").code == 0
    pages = PdfReader(tmp_path / "case.pdf").pages
    printed = "".join(page.extract_text() for page in pages).translate(dict.fromkeys(map(ord, " \n\0")))
    for text in ("王伟<b>张敏</b>[x](javascript:alert(1))**长**", "长" * 100, "zweiteZeileß", "=1+1</script>"):
        assert text in printed
    assert "\u202e" not in printed
    assert not any("/Annots" in page for page in pages), "nothing of it is a link"
    assert not [record for record in caplog.records if record.name.startswith(("fpdf", "fontTools"))]


def test_no_cell_is_drawn_out_without_end():
    assert len(drawable("长" * 50_000)) <= 4_000
