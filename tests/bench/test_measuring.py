"""A process is measured by itself, whatever this one has held."""

import os
import subprocess
import sys

import numpy as np
import pytest

from bench.measuring import forget_peak, measure, peak_mib


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_output_and_time_of_a_command():
    done = measure(python("import time, os; time.sleep(0.1); print(os.environ['WORD'])"), {"WORD": "hello"})
    assert done.output == "hello\n"
    assert done.seconds > 0.1


def test_the_peak_is_that_of_the_command_alone():
    held = np.ones(50 << 20, np.int64)
    small, large = (measure(python(f"b = b'x' * ({mib} << 20)")).peak_mib for mib in (1, 200))
    assert small < held.nbytes / 2**20 / 2
    assert large > 200


def test_a_failure_is_told_as_that_of_the_command():
    with pytest.raises(subprocess.CalledProcessError) as failed:
        measure(python("raise SystemExit(3)"))
    assert failed.value.returncode == 3
    assert failed.value.cmd == python("raise SystemExit(3)")


def test_a_peak_can_be_forgotten():
    assert np.ones(50 << 20, np.int64).sum()
    before = peak_mib(os.getpid())
    forget_peak(os.getpid())
    assert peak_mib(os.getpid()) < before - 300
