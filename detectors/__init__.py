"""Detectors: identifier profiles, links, groups, money; findings, rings, scores and their explanations."""
