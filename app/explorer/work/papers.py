"""Notes on a case, with what they speak of, and its files. A file comes out again for a purpose, which is kept."""

import streamlit as st

from app.case_report.telling import minute
from app.explorer.frame import session
from app.explorer.frame.language import said
from app.explorer.wording import masked, name_of
from app.explorer.work.desk import Work
from app.plain_text import printable, shortened
from cases.attachments import MOST_BYTES
from cases.model import Attachment, Mention
from cases.people import Role
from graph.language import Saying
from graph.ontology.nodes import APPLICANT

_NOTE = Saying("Note", "备注")
_ABOUT = Saying("About (members and evidence)", "涉及（成员与证据）")
_ADD = Saying("Add the note", "添加备注")
_ADDED = Saying("The note is kept.", "备注已保存。")
_FILE = Saying("File (at most 10 MiB)", "附件（不超过 10 MiB）")
_ATTACH = Saying("Attach", "上传附件")
_ATTACHED = Saying("The file is kept with the case.", "附件已保存到案件。")
_NO_FILE = Saying("Choose a file first.", "请先选择文件。")
_WROTE = Saying("{author}, {at} UTC", "{author}，{at}（UTC）")
_SPEAKS = Saying("About: {what}", "涉及：{what}")
_KEPT = Saying(
    "{name}: {kind}, {size} bytes. {author}, {at} UTC.", "{name}：{kind}，{size} 字节。{author}，{at}（UTC）。"
)
_TAKE_OUT = Saying("Take out", "下载")
_PURPOSE = Saying("For what purpose", "用途")
_TAKEN = Saying(
    "Your purpose is in the log. The file came from outside: be careful what you open it with.",
    "用途已记入日志。文件来自外部，请谨慎打开。",
)
_SAVE = Saying("Save the file", "保存文件")
_MEBIBYTE = 1 << 20
_TEXT = 10_000
_SUFFIXES = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "application/zip": "zip",
    "text/plain": "txt",
}
_EVIDENCE = 300
"""Of so many facts, the heaviest, a note can speak."""


def show(work: Work) -> None:
    """Notes at the left, files at the right."""
    notes, files = st.columns([1, 1], gap="large")
    with notes:
        _notes(work)
    with files:
        _files(work)


def _notes(work: Work) -> None:
    if session.may(Role.ANALYST):
        facts = _mentionable(work)
        st.text_area(said(_NOTE), max_chars=_TEXT, key=work.key("note"), height=90)
        st.multiselect(
            said(_ABOUT), range(len(facts)), format_func=lambda at: _named(facts[at]), key=work.key("mentions")
        )
        st.button(said(_ADD), key=work.key("add note"), on_click=_add_note, args=(work, facts))
    for note in reversed(work.book.notes.of(work.history)):
        with st.container(border=True):
            st.text(said(_WROTE, author=printable(note.author), at=minute(note.at)))
            st.text("\n".join(printable(line) for line in note.text.splitlines()))
            if note.evidence:
                st.text(said(_SPEAKS, what=", ".join(map(_named, note.evidence))))


def _mentionable(work: Work) -> list[Mention]:
    """Members, and what the ring's evidence is about."""
    people = [Mention(kind=APPLICANT.label, key=who) for who in work.members]
    facts = sorted(work.ring.evidence if work.ring else (), key=lambda one: (-one.weight, one.kind, one.key))
    about = dict.fromkeys((fact.kind, fact.key) for fact in facts if fact.kind != APPLICANT.label)
    return people + [Mention(kind=kind, key=key) for kind, key in list(about)[:_EVIDENCE]]


def _named(mention: Mention) -> str:
    return f"{name_of(mention.kind)} {shortened(masked(mention.kind, mention.key), 40)}"


def _add_note(work: Work, facts: list[Mention]) -> None:
    text = str(st.session_state.get(work.key("note"), ""))
    about = [facts[at] for at in st.session_state.get(work.key("mentions"), ())]
    ring_id, seen = work.case.ring_id, work.case.version
    if work.act(_ADDED, lambda me: work.book.notes.add(ring_id, text, author=me, evidence=about, seen=seen)):
        st.session_state[work.key("note")] = ""
        st.session_state[work.key("mentions")] = []


def _files(work: Work) -> None:
    if session.may(Role.ANALYST):
        turn = st.session_state.get(work.key("files"), 0)
        uploader = work.key(f"file {turn}")
        st.file_uploader(said(_FILE), max_upload_size=MOST_BYTES // _MEBIBYTE, key=uploader)
        st.button(said(_ATTACH), key=work.key("attach"), on_click=_attach, args=(work, uploader))
    for file in reversed(work.book.attachments.of(work.history)):
        _file(work, file)


def _attach(work: Work, uploader: str) -> None:
    file = st.session_state.get(uploader)
    if file is None:
        st.toast(said(_NO_FILE))
        return
    ring_id, seen = work.case.ring_id, work.case.version
    if work.act(
        _ATTACHED, lambda me: work.book.attachments.add(ring_id, file.name, file.getvalue(), author=me, seen=seen)
    ):
        st.session_state[work.key("files")] = st.session_state.get(work.key("files"), 0) + 1


def _file(work: Work, file: Attachment) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        about = {"name": shortened(file.name, 80), "kind": file.media_type, "size": file.size}
        st.text(said(_KEPT, **about, author=printable(file.author), at=minute(file.at)), width="stretch")
        if not session.may(Role.ANALYST):
            return
        with st.popover(said(_TAKE_OUT)):
            st.text_input(said(_PURPOSE), max_chars=500, key=f"purpose {file.id}")
            st.button(said(_TAKE_OUT), key=f"take out {file.id}", on_click=_take_out, args=(work, file))
        if st.session_state.get(f"taken {file.id}"):
            # The name is a stranger's: whoever saves the file gets one of ours, with the suffix of what it is.
            name = f"attachment-{file.id}.{_SUFFIXES.get(file.media_type, 'bin')}"
            st.download_button(
                said(_SAVE), work.book.attachments.content(file.id), name, file.media_type, key=f"save {file.id}",
                on_click=lambda: st.session_state.pop(f"taken {file.id}", None),
            )  # fmt: skip


def _take_out(work: Work, file: Attachment) -> None:
    purpose = str(st.session_state.get(f"purpose {file.id}", ""))
    what: dict[str, object] = {"attachment": file.id}
    st.session_state[f"taken {file.id}"] = work.act(
        _TAKEN, lambda me: work.book.audit.disclosed(work.case.ring_id, "download", what, purpose, author=me)
    )
