"""An appeal as a picture: the applicant, what he shares, and whom the decision named; drawn as it was known then."""

from datetime import UTC, datetime
from typing import Any

from app.explorer.appeals.words import hub_words
from app.explorer.frame import language
from app.explorer.frame.language import said
from app.explorer.wording import masked
from app.plain_text import shortened
from app.sources import LABELS
from cases.appeal_model import Appeal, Entity, Hit
from cases.appeal_queue import APPLICANT, SUSPICIOUS
from graph.language import Saying
from graph.results import Change, Evidence, Member, Ring, Run
from graph.store.contract import Store

_OTHER = "shared_otherwise"
"""The code of what is shared and no rule spoke of."""

_FRAUD = Saying(
    "The picture confirms the decision: {n:an applicant known as fraud is|# applicants known as fraud are} linked by "
    "independent evidence.",
    "关系图支持原决定：有 {n} 名已知欺诈者通过相互独立的证据与申请人关联。",
)
_SUSPICIOUS = Saying(
    "The picture speaks for the decision: the application came with a {things}.", "关系图支持原决定：申请涉及{things}。"
)
_LINKED = Saying(
    "The picture settles nothing: {n:one applicant is|# applicants are} linked, none of them known as fraud.",
    "仅凭关系图无法判断：有 {n} 名关联申请人，均非已知欺诈者。",
)
_HONEST = Saying(
    "The picture speaks against the decision: no suspicious link but a shared {things}.",
    "关系图不支持原决定：没有可疑关联，只有共用的{things}。",
)
_ALONE = Saying(
    "The picture speaks against the decision: nothing of this application is shared with anybody.",
    "关系图不支持原决定：该申请没有与任何人共用的信息。",
)
_COMMA = Saying(", ", "、")
_FACT = Saying("{thing}: {key}", "{thing}：{key}")
_WITH = Saying("{thing}: {key}. Also of {who}.", "{thing}：{key}。另有 {who} 使用。")
_ON_THE_WHOLE = Saying("Judged by the application as a whole.", "按整个申请判断。")
_NAMED = 8


def finding(appeal: Appeal) -> str:
    """In one sentence: does the picture confirm the decision or refute it?"""
    shared = [each for each in appeal.entities if each.hub]
    suspicious = [each for each in shared if each.hub == SUSPICIOUS]
    fraud = sum(each.fraud for each in appeal.links)
    if fraud:
        return said(_FRAUD, n=fraud)
    if suspicious:
        return said(_SUSPICIOUS, things=_listed(suspicious))
    if appeal.links:
        return said(_LINKED, n=len(appeal.links))
    return said(_HONEST, things=_listed(shared)) if shared else said(_ALONE)


def _listed(entities: list[Entity]) -> str:
    return said(_COMMA).join(dict.fromkeys(map(hub_words, entities)))


def as_run(appeal: Appeal) -> Run:
    """The moment of the decision, as what is drawn knows it."""
    moment = datetime.fromtimestamp(appeal.decided_at, UTC)
    return Run(run_id=f"appeal {appeal.id}", as_of=moment, started_at=moment)


def as_ring(store: Store, appeal: Appeal) -> Ring:
    """The people and things of an appeal in the shape in which rings are drawn. It is no ring, and is never kept."""
    people = _people(appeal)
    scores = store.runs.scores(people)
    members = tuple(
        Member(applicant_id=who, score=scores[who].score if who in scores else 0.0, role="") for who in people
    )
    return Ring(
        ring_id=f"appeal-{appeal.id}", run_id=f"appeal {appeal.id}", score=0.0, size=len(people), change=Change.SAME,
        kind="", exposure=0, expected_loss=0, headline="", members=members, parts=(), reasons=(),
        evidence=tuple(_evidence(appeal)),
    )  # fmt: skip


def _people(appeal: Appeal) -> list[str]:
    named = [link.applicant_id for link in appeal.links]
    sharing = [who for each in appeal.entities for who in each.applicants]
    return list(dict.fromkeys([appeal.applicant_id, *named, *sharing]))


def _evidence(appeal: Appeal) -> list[Evidence]:
    """What the application came with, under the code of every reason that spoke of it."""
    return [
        Evidence(
            code=code,
            kind=LABELS[each.kind],
            key=each.key,
            applicants=(appeal.applicant_id, *each.applicants),
            weight=1.0 if each.hub == SUSPICIOUS else 0.5,
            hub=each.hub,
        )
        for each in appeal.entities
        if each.kind in LABELS and each.kind != APPLICANT
        for code in dict.fromkeys(hit.code for hit in appeal.hits if each in spoken_of(appeal, hit)) or (_OTHER,)
    ]


def spoken_of(appeal: Appeal, hit: Hit) -> list[Entity]:
    """What a rule spoke of; one that named nothing, of whatever is shared with those who are linked."""
    linked = {link.applicant_id for link in appeal.links}
    if hit.entities:
        return [each for each in appeal.entities if each.kind in hit.entities]
    return [each for each in appeal.entities if not linked.isdisjoint(each.applicants)]


def reasons(appeal: Appeal) -> dict[str, Any]:
    """The decision's reasons as they were told then, as the canvas shows them, each with what it spoke of."""
    spoken = language.spoken()
    told = {hit.code: hit for hit in reversed(appeal.hits)}
    return {
        "language": spoken.value,
        "reasons": [
            {
                "code": code,
                "text": told[code].told.get(spoken.value, code),
                "compared": "",
                "share": 1.0,
                "evidence": facts,
                "rest": [],
                "folded": "",
                "left_out": "",
                "unseen": "" if facts else said(_ON_THE_WHOLE),
            }
            for code in dict.fromkeys(hit.code for hit in appeal.hits)
            for facts in [[_fact(each) for each in spoken_of(appeal, told[code])]]
        ],
    }


def _fact(entity: Entity) -> str:
    thing = hub_words(entity)
    key = masked(LABELS.get(entity.kind, entity.kind), entity.key)
    who = said(_COMMA).join(shortened(each, 40) for each in entity.applicants[:_NAMED])
    return said(_WITH, thing=thing, key=key, who=who) if who else said(_FACT, thing=thing, key=key)
