"""While the nodes are served: somebody records a control every few seconds, so that queues and boards move."""

import threading
from collections.abc import Sequence

from tidewaiter.demo.chance import stream
from tidewaiter.demo.director import Director
from tidewaiter.demo.nodes import DemoFailed, Node
from tidewaiter.demo.script import period, script

LEAST = 12
"""Lines that are left for the visitor on each node: below that, nobody takes any more."""


class Traffic:
    """Works a line here and there, through the same services as everybody else, until told to stop."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._go, name="traffic", daemon=True)
        self.failure = ""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing new; wait for what is being done."""
        self._stopping.set()
        self._thread.join(10)

    def _go(self) -> None:
        chance = stream(self._director.seed, "traffic")
        shortest, longest = script()["today"]["pause"]
        today = self._director.days[period("second").played()[-1]]
        bad = [one.consignment for one in self._director.days_before(today)]
        open_nodes: Sequence[Node] = list(self._director.nodes)
        while open_nodes and not self._stopping.wait(chance.uniform(shortest, longest)):
            node = open_nodes[chance.randrange(len(open_nodes))]
            try:
                done = node.act(
                    "work_queues", seed=self._director.seed, day=today.day.isoformat(), bad=bad, most=1, leave=LEAST
                )
            except DemoFailed as failed:
                # The nodes are served all the same; the command says why nothing moves any more.
                self.failure = str(failed)
                return
            if not any(done.values()):
                open_nodes = [one for one in open_nodes if one is not node]
