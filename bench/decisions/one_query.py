"""The figure to beat: the question of a live link check asked as one Cypher query through the driver."""

import time
from collections.abc import Sequence

import numpy as np
import orjson
from neo4j import Driver

from bench.open_loop import Request

QUERY = """
CALL {
    MATCH (x:Device {fingerprint: $device}) RETURN x
    UNION MATCH (x:Wifi {bssid: $wifi}) RETURN x
    UNION MATCH (x:Ip {ip: $ip}) RETURN x
    UNION MATCH (x:Card {card_hash: $card}) RETURN x
}
MATCH (x)<-[:USED_DEVICE|ON_WIFI|FROM_IP|HAS_CARD]-(other:Applicant)
OPTIONAL MATCH (other)-[:MEMBER_OF]->(ring:Ring)
RETURN other.applicant_id AS applicant, collect(DISTINCT labels(x)[0]) AS shared,
    collect(DISTINCT ring.ring_id) AS rings
ORDER BY size(shared) DESC LIMIT 20
"""
"""As it is written by somebody who wants to know who shares what with an applicant, and in which rings they are."""


def one_query_millis(driver: Driver, requests: Sequence[Request]) -> tuple[float, float]:
    """Median and p99 of the query, one after the other, in milliseconds."""
    took = []
    with driver.session() as session:
        for request in requests:
            body = orjson.loads(request.body or b"")
            given = {
                "device": body["device"]["fingerprint"],
                "wifi": body["wifi"]["bssid"],
                "ip": body["ip"]["ip"],
                "card": body["card"]["card_hash"],
            }
            begin = time.perf_counter()
            session.run(QUERY, given).consume()
            took.append((time.perf_counter() - begin) * 1000)
    p50, p99 = np.percentile(took, [50, 99]).tolist()
    return p50, p99
