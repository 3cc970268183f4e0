"""The page of a person (`?person=`), and of an identifier that he has (`?person=&thing=`)."""

import streamlit as st

from app.explorer.entity import person, thing
from app.explorer.frame.language import said
from app.explorer.frame.navigation import THING, asked
from app.explorer.frame.references import resolve
from app.plain_text import shortened
from graph.language import Saying
from graph.ontology.nodes import APPLICANT
from graph.results import Run
from graph.store.contract import Store

_NOBODY = Saying(
    "Nobody in the graph has this id. Check the link, or search on the queue.",
    "图谱中没有此编号的申请人。请检查链接，或在队列页面搜索。",
)
_NOTHING = Saying(
    "This person has nothing that the link stands for. Links to identifiers end when the work folder is deleted.",
    "此人名下没有该链接所指的标识。删除工作文件夹后，旧的标识链接会失效。",
)
_ASKED = Saying("Applicant: {who}", "申请人：{who}")


def show(store: Store, run: Run, applicant_id: str) -> None:
    """The page that the address names."""
    reference = asked(THING)
    if store.graph.node(APPLICANT, applicant_id) is None:
        st.warning(said(_NOBODY))
        st.text(said(_ASKED, who=shortened(applicant_id, 100)))
    elif reference is None:
        person.show(store, run, applicant_id)
    else:
        node = resolve(store, applicant_id, reference)
        if node is None:
            st.warning(said(_NOTHING))
        elif node.kind == APPLICANT.label:
            person.show(store, run, node.key)
        else:
            thing.show(store, run, node)
