"""What of an identifier may be shown to somebody who has no purpose to see it whole."""

from collections.abc import Mapping

from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.ontology.nodes import ACCOUNT, APPLICANT
from graph.results import ApplicantScore, Evidence, Ring
from graph.values import ValueType

_TYPES: dict[str, ValueType] = {
    **{kind.label: kind.key.type for kind in NODE_KINDS},
    **{kind.type: kind.key.type for kind in RELATIONSHIP_KINDS if kind.key},
}
_PROPERTIES: dict[str, dict[str, ValueType]] = {
    **{kind.label: {item.name: item.type for item in kind.properties} for kind in NODE_KINDS},
    **{kind.type: {item.name: item.type for item in kind.properties} for kind in RELATIONSHIP_KINDS},
}
_HIDDEN = "***"


def masked_key(kind: str, key: str) -> str:
    """The key of a node (by its label) or of a relationship (by its type), masked as the ontology says."""
    declared = _TYPES.get(kind)
    return declared.mask(key) if declared else _HIDDEN


def masked_properties(kind: str, properties: Mapping[str, str | int]) -> dict[str, str | int]:
    """What the ontology declares of the properties of a node (by label) or relationship (by type), text masked."""
    declared = _PROPERTIES[kind]
    return {
        name: declared[name].mask(value) if isinstance(value, str) else value
        for name, value in properties.items()
        if name in declared
    }


def property_type(kind: str, name: str) -> ValueType | None:
    """The declared type of a property of a node (by its label) or relationship (by its type)."""
    return _PROPERTIES[kind].get(name)


def evidence_key(evidence: Evidence) -> str:
    """What the evidence is about, masked; an applicant's id is shown everywhere, as an account, too."""
    own = evidence.kind in {ACCOUNT.label, APPLICANT.label} and evidence.key in evidence.applicants
    return evidence.key if own else masked_key(evidence.kind, evidence.key)


def masked_evidence(evidence: Evidence) -> Evidence:
    """The same evidence with its key masked, and the accounts at the ends of a transfer that are no applicants'."""

    def shown(account: str) -> str:
        return account if not account or account in evidence.applicants else masked_key(ACCOUNT.label, account)

    ends = {"payer": shown(evidence.payer), "payee": shown(evidence.payee)}
    return evidence.model_copy(update={"key": evidence_key(evidence), **ends})


def masked_score(score: ApplicantScore) -> ApplicantScore:
    """The same score with the keys of its evidence masked, and the ids of everybody else whom it names."""
    reasons = tuple(
        each.model_copy(update={"evidence": tuple(_told_of(score.applicant_id, item) for item in each.evidence)})
        for each in score.reasons
    )
    return score.model_copy(update={"reasons": reasons})


def _told_of(applicant: str, evidence: Evidence) -> Evidence:
    others = tuple(who if who == applicant else masked_key(APPLICANT.label, who) for who in evidence.applicants)
    return masked_evidence(evidence).model_copy(update={"applicants": others})


def masked_ring(ring: Ring) -> Ring:
    """The same ring with the keys of its evidence masked."""
    return ring.model_copy(update={"evidence": tuple(masked_evidence(each) for each in ring.evidence)})
