"""Measures whole processes: wall time and peak memory as the operating system accounts for them."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RINGFENCE = str(Path(sys.executable).parent / "ringfence")


@dataclass(frozen=True, slots=True)
class Measured:
    """Wall time in seconds, peak resident memory in MiB (of the largest single process), and standard output."""

    seconds: float
    peak_mib: float
    output: str


def measure(command: Sequence[str], env: dict[str, str] | None = None) -> Measured:
    """Run the command to its end; a failure raises `CalledProcessError`."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | (env or {}))
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Measured(seconds, usage.ru_maxrss / 1024, output)


def machine() -> str:
    """The machine in one line: processors, memory, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{os.cpu_count()} cores, {memory:.0f} GiB memory, Python {python}"
