"""Who sees the board: whoever works in operations; of one's own figures each sees the offices within reach."""

from collections.abc import Mapping
from typing import ClassVar

from tidewaiter.node.accounts.policies import Policy
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.operations.queries.visible import TAKE_PART


class BoardPolicy(Policy):
    """The board, its figures and its tables."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {"see": frozenset(TAKE_PART), "export": frozenset(TAKE_PART)}


board = BoardPolicy()
