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


_LAUNCH = """
import os, sys
report, *command = sys.argv[1:]
_, status, usage = os.wait4(os.posix_spawnp(command[0], command, os.environ), 0)
os.write(int(report), str(usage.ru_maxrss).encode())
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
"""
"""Starts a command from a process that is small: the peak of whoever starts one counts as that of the command, too."""


def measure(command: Sequence[str], env: dict[str, str] | None = None) -> Measured:
    """Run the command to its end; a failure raises `CalledProcessError`."""
    begin = time.perf_counter()
    peak, report = os.pipe()
    with open(peak, encoding="ascii") as told:
        try:
            launch = [sys.executable, "-S", "-E", "-c", _LAUNCH, str(report), *command]
            done = subprocess.run(
                launch, stdout=subprocess.PIPE, text=True, env=os.environ | (env or {}), pass_fds=(report,), check=False
            )
        finally:
            os.close(report)
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, command, done.stdout)
        return Measured(time.perf_counter() - begin, int(told.read()) / 1024, done.stdout)


def peak_mib(process: int) -> float:
    """The most memory that a process has held since it began, or since `forget_peak`."""
    return _status_mib(process, "VmHWM:")


def resident_mib(process: int) -> float:
    """The memory that a process holds now."""
    return _status_mib(process, "VmRSS:")


def _status_mib(process: int, name: str) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith(name))
    return int(kib) / 1024


def forget_peak(process: int) -> None:
    """Let the peak of a process of ours begin anew."""
    Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")


def machine() -> str:
    """The machine in one line: processors, memory, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{os.cpu_count()} cores, {memory:.0f} GiB memory, Python {python}"
