"""Before the first run: what to do, and for an administrator a sample lender at the press of one button."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from app.explorer.frame import session, state
from app.explorer.frame.language import said
from cases.people import Role
from graph.errors import BusyError, RingfenceError
from graph.language import Saying
from graph.store.contract import Store

APPLICANTS = 3_000
_NO_RUN = Saying(
    "No rings yet: no detection run has been published in this store.", "还没有团伙：此数据库尚未发布任何识别结果。"
)
_STORE = Saying("Store: {address}", "数据库：{address}")
_LOAD = Saying(
    "Load a folder with a lender's tables and look for rings:", "载入一个包含信贷机构数据表的文件夹并识别团伙："
)
_AGAIN = Saying("Look again", "刷新")
_NO_DATA = Saying(
    "No data at hand? A made-up lender of {n:,} applicants shows what the explorer does. It is for a store of its own: "
    "its people stay in this one.",
    "手头没有数据？可以生成一个有 {n:,} 名申请人的虚构机构来了解本系统。请仅用于试用的数据库：虚构人员会留在其中。",
)
_MAKE = Saying("Make a sample lender", "生成示例机构")
_MAKING = Saying("Making a sample lender: about a minute", "正在生成示例机构，约需一分钟")
_WRITING = Saying("Writing its tables", "正在写入数据表")
_FINDING = Saying("Loading them and looking for rings", "正在载入数据并识别团伙")
_SECONDS = Saying("{n:# second|# seconds} so far", "已用 {n} 秒")
_NOT_EMPTY = Saying(
    "There is data in the store, but no run: `ringfence detect` looks for rings.",
    "数据库中已有数据，但尚未运行识别：请执行 `ringfence detect`。",
)


def no_run(store: Store) -> None:
    """Nothing was published yet."""
    st.info(said(_NO_RUN))
    st.text(said(_STORE, address=store.address))
    if _holds_data(store):
        st.markdown(said(_NOT_EMPTY))
    else:
        st.markdown(said(_LOAD))
        st.code("ringfence nightly FOLDER", language=None)
        if session.may(Role.ADMIN):
            st.text(said(_NO_DATA, n=APPLICANTS))
            if st.button(said(_MAKE), key="sample"):
                _make(store)
    st.button(said(_AGAIN), type="primary")


def _holds_data(store: Store) -> bool:
    return any(store.graph.counts().values())


def _make(store: Store) -> None:
    """Write a world and do its night, each in a process of its own so that other pages stay quick; then the queue."""
    session.acting(Role.ADMIN)
    if _holds_data(store):
        raise BusyError("The store is not empty any more", do="Look again.")
    with _folder() as folder, st.status(said(_MAKING), expanded=True):
        world, reports = folder / "world", folder / "reports"
        _run(said(_WRITING), "world", str(world), "--applicants", str(APPLICANTS), "--seed", "1")
        _run(said(_FINDING), "nightly", str(world), "--reports", str(reports))
    st.rerun()


@contextmanager
def _folder() -> Iterator[Path]:
    work = state.settings().work_dir
    work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=work, prefix="sample-") as folder:
        yield Path(folder)


def _run(step: str, *arguments: str) -> None:
    """Run a command of Ringfence on this explorer's store, and say how long it takes; `RingfenceError` if it fails."""
    st.text(step)
    shown, began = st.empty(), time.monotonic()
    command = [str(Path(sys.executable).with_name("ringfence")), *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        while process.poll() is None:
            shown.text(said(_SECONDS, n=int(time.monotonic() - began)))
            time.sleep(0.5)
        problem = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise RingfenceError(
            "The sample was not made", where=step, do=problem.strip().splitlines()[-1] if problem else ""
        )
