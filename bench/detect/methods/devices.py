"""Baseline: people joined by devices that three or more use."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bench.detect.methods.contract import Found, ranked
from graph.ontology.nodes import DEVICE
from graph.projection import Projection

LEAST_USERS = 3


def devices(projection: Projection) -> Found:
    """Components, those with most sightings on such devices for each member first."""
    rows = projection.observations[DEVICE.label]
    many = np.bincount(rows.identifier, minlength=len(rows.keys))[rows.identifier] >= LEAST_USERS
    person, device = rows.applicant[many], rows.identifier[many]
    accounts, member, seen = np.unique(person, return_inverse=True, return_counts=True)
    size = len(accounts) + len(rows.keys)
    graph = coo_array((np.ones(len(device), np.int8), (member, len(accounts) + device)), shape=(size, size))
    component = connected_components(graph, directed=False)[1][: len(accounts)]
    members = np.maximum(np.bincount(component), 1)
    return ranked(projection, component, accounts, np.bincount(component, weights=seen) / members)
