"""The node of the operations' tests."""

from tests.node.operations.conftest import node, sent

__all__ = ["node", "sent"]
