"""A disk that is full: told as such, and nothing of the file is in the graph."""

import subprocess
import sys
from pathlib import Path

# No file of the process may grow beyond half a megabyte: writing fails as on a full disk.
PROGRAM = """
import resource, sys
from pathlib import Path
from app.cli.main import run
resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
run()
"""


def test_work_files_that_find_no_room(folder: Path, tmp_path: Path, store, options):
    lines = "".join(f"{n:x}{n * 7919 % 1_000_003:x}{n * 104_729 % 999_983:x},1\n" for n in range(40_000))
    (folder / "applicants.csv").write_text("applicant_id,created_at\n" + lines)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "ingest", folder, "--store", store.address],
        capture_output=True,
        text=True,
        check=False,
        env={"RINGFENCE_WORK_DIR": str(options.work_dir)},
    )
    assert done.returncode == 74, done.stderr
    assert "The work files cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert set(store.graph.counts().values()) == {0}
    assert store.ledger.loads() == []
