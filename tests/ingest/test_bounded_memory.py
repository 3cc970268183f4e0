"""However large the file, memory is bounded: measured as the peak of a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

MB = 1 << 20

PROGRAM = """
import resource, sys
from pathlib import Path
from graph.store.opening import open_store
from ingest.options import Options
from ingest.pipeline import load_folder
url, folder, work = sys.argv[1:]
with open_store(url) as store:
    outcome = load_folder(store, Path(folder), Options(work_dir=Path(work)))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, outcome.loads[0].rows_read, outcome.loads[0].reason)
"""


def peak(folder: Path, tmp_path: Path) -> tuple[int, int, str]:
    """Peak memory in MiB, rows read, and why the file was refused, if it was."""
    url, work = f"sqlite:///{tmp_path / folder.name}.db", tmp_path / "work"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, url, str(folder), str(work)], capture_output=True, text=True, check=True
    )
    memory, rows, reason = done.stdout.split(" ", 2)
    return int(memory), int(rows), reason


@pytest.fixture
def table(tmp_path: Path):
    def write(name: str, rows: int) -> Path:
        """So many rows of 600 bytes; few of them differ, so that loading them is quick."""
        folder = tmp_path / name
        folder.mkdir()
        with (folder / "blacklist.csv").open("w") as file:
            file.write("kind,value,source,listed_at,remark\n")
            block = "".join(f"applicant,a{n},bureau,1,{'x' * 570}\n" for n in range(1_000))
            for _ in range(rows // 1_000):
                file.write(block)
        return folder

    return write


def test_a_file_three_times_as_large_takes_no_more_memory(table, tmp_path):
    small, _, _ = peak(table("small", 330_000), tmp_path)
    large, rows, _ = peak(table("large", 990_000), tmp_path)
    assert rows == 990_000
    assert large < small + 60, f"{small} MiB for 200 MB, {large} MiB for 600 MB"


def test_one_line_of_a_gigabyte_is_refused_in_little_memory(tmp_path, table):
    folder = tmp_path / "line"
    folder.mkdir()
    with (folder / "applicants.csv").open("wb") as file:
        file.write(b"applicant_id,created_at\na")
        file.truncate(1 << 30)
    baseline, _, _ = peak(table("few", 1_000), tmp_path)
    memory, _, reason = peak(folder, tmp_path)
    assert "A line is longer than 1,048,576 bytes" in reason
    assert memory < baseline + 20
