"""The words of ``zhize review``: none is missing when review learns something new."""

from __future__ import annotations

from typing import get_args

from graph.review import entries, queue
from graph.review.listing import Standing
from service.cli import review, review_actions


def test_every_kind_of_the_queue_can_be_asked_for_and_has_a_name() -> None:
    """In the order of the queue's own list."""
    assert review.KINDS == tuple(review_actions.KINDS) == queue.KINDS


def test_every_action_and_standing_has_a_name() -> None:
    assert set(review_actions.ACTIONS) == set(entries.ACTIONS)
    assert set(review_actions.STANDINGS) == set(get_args(Standing))
