"""The words of MOTChallenge files."""

from __future__ import annotations

from typing import Literal

Kind = Literal["gt", "mot15", "det", "results"]

CLASSES = (
    "pedestrian",
    "person_on_vehicle",
    "car",
    "bicycle",
    "motorbike",
    "non_mot_vehicle",
    "static_person",
    "distractor",
    "occluder",
    "occluder_on_ground",
    "occluder_full",
    "reflection",
    "crowd",
)
"""MOTChallenge's own classes, numbered from 1."""

IGNORED = "ignored"
"""Attribute that stands for the flag 0: this box is not to be evaluated."""
