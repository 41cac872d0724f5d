"""State machines as data: which action leads from which state to which, and whose action it is.

The same data decides in a service, draws the buttons of a page and the diagrams of the documentation.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

SYSTEM = "system"
"""The role of what no person does: a receipt that arrives, a time that runs out."""


class WrongState(Exception):
    """An action that cannot be taken now.

    ``code`` says why, for a sentence in the reader's language: ``unknown_state``, ``unknown_action`` (the machine has
    no such action), ``ended`` (nothing leads out of the state), ``not_from_here``, ``not_yours`` (another role's
    action) or ``reason_missing``. ``machine``, ``state`` and ``action`` are codes; ``allowed`` are the actions that
    lead out of the state.
    """

    def __init__(self, code: str, machine: str, state: str, action: str, allowed: Iterable[str] = ()) -> None:
        self.code = code
        self.machine = machine
        self.state = state
        self.action = action
        self.allowed = tuple(allowed)
        super().__init__(_SENTENCES[code].format(machine=machine, state=state, action=action) + self._advice())

    def _advice(self) -> str:
        return f" Possible now: {', '.join(self.allowed)}." if self.allowed else ""


_SENTENCES = {
    "unknown_state": "{machine}: there is no state {state!r}. Nothing was changed.",
    "unknown_action": "{machine}: there is no action {action!r}. Nothing was changed.",
    "ended": "{machine}: the state is {state!r}, in which it has ended; {action!r} was not done.",
    "not_from_here": "{machine}: {action!r} is not possible in the state {state!r}. Nothing was changed.",
    "not_yours": "{machine}: {action!r} in the state {state!r} is another role's. Nothing was changed.",
    "reason_missing": "{machine}: {action!r} needs a reason in words. Nothing was changed.",
}
WRONG_STATE_CODES = frozenset(_SENTENCES)


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow, or several of the same name: ``action`` leads from each of ``sources`` to ``target``.

    ``roles`` are the codes of those who may do it (a policy decides on the person and the office); ``reason_required``
    asks for words that the audit keeps.
    """

    action: str
    sources: tuple[str, ...]
    target: str
    roles: frozenset[str]
    reason_required: bool = False

    @classmethod
    def of(
        cls, action: str, sources: str | Iterable[str], target: str, roles: Iterable[str], *, reason: bool = False
    ) -> "Transition":
        """Make a transition from plain values; one source may be given as a word."""
        found = (sources,) if isinstance(sources, str) else tuple(sources)
        return cls(action, found, target, frozenset(str(role) for role in roles), reason)


@dataclass(frozen=True)
class Machine:
    """A state machine: its name, where things begin, its states in the order of a life, its transitions.

    Raises ValueError when the data contradict themselves: a state twice or out of reach, an unknown state, an action
    with two targets from one state, a transition that is nobody's.
    """

    name: str
    initial: str
    states: tuple[str, ...]
    transitions: tuple[Transition, ...]
    _arrows: dict[tuple[str, str], Transition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        arrows: dict[tuple[str, str], Transition] = {}
        for transition in self.transitions:
            unknown = {*transition.sources, transition.target} - set(self.states)
            if unknown or not transition.sources or not transition.roles:
                fault = f"unknown states {sorted(unknown)}" if unknown else "no source or no role"
                raise ValueError(f"{self.name}, {transition.action}: {fault}")
            for source in transition.sources:
                if (source, transition.action) in arrows:
                    raise ValueError(f"{self.name}: two ways of {transition.action!r} from {source!r}")
                arrows[source, transition.action] = transition
        object.__setattr__(self, "_arrows", arrows)
        self._check_states()

    def _check_states(self) -> None:
        if len(set(self.states)) != len(self.states) or self.initial not in self.states:
            raise ValueError(f"{self.name}: a state stands twice, or the initial one is not among them")
        lost = set(self.states) - self._reached()
        if lost:
            raise ValueError(f"{self.name}: nothing leads to {sorted(lost)}")

    def _reached(self) -> set[str]:
        reached, before = {self.initial}, set[str]()
        while reached != before:
            before = set(reached)
            reached |= {arrow.target for (source, _), arrow in self._arrows.items() if source in before}
        return reached

    @property
    def final(self) -> frozenset[str]:
        """The states that nothing leads out of."""
        return frozenset(self.states) - {source for source, _ in self._arrows}

    def transition(self, state: str, action: str) -> Transition:
        """The transition that ``action`` is in ``state``. Raises WrongState."""
        found = self._arrows.get((state, action))
        if found is None:
            raise self._wrong(self._why_not(state, action), state, action)
        return found

    def apply(self, state: str, action: str, *, role: str | None = None, reason: str = "") -> str:
        """Give the state that follows. Where ``role`` is given, the action must be that role's.

        Raises WrongState: see there for its codes, among them ``reason_missing`` where words are required and
        ``reason`` has none.
        """
        found = self.transition(state, action)
        if role is not None and role not in found.roles:
            raise self._wrong("not_yours", state, action)
        if found.reason_required and not reason.strip():
            raise self._wrong("reason_missing", state, action)
        return found.target

    def actions(self, state: str, role: str | Collection[str] | None = None) -> tuple[Transition, ...]:
        """The transitions out of ``state``, for one role, any of several, or (None) all. Raises WrongState."""
        if state not in self.states:
            raise self._wrong("unknown_state", state, "")
        wanted = None if role is None else {str(role)} if isinstance(role, str) else {str(one) for one in role}
        return tuple(
            found
            for (source, _), found in self._arrows.items()
            if source == state and (wanted is None or found.roles & wanted)
        )

    def _why_not(self, state: str, action: str) -> str:
        if state not in self.states:
            return "unknown_state"
        if all(action != known for _, known in self._arrows):
            return "unknown_action"
        return "ended" if state in self.final else "not_from_here"

    def _wrong(self, code: str, state: str, action: str) -> WrongState:
        allowed = () if code in {"not_yours", "reason_missing"} else (a for s, a in self._arrows if s == state)
        return WrongState(code, self.name, state, action, allowed)

    def as_mermaid(self) -> str:
        """Draw the machine as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {source} --> {found.target}: {action}" for (source, action), found in self._arrows.items()]
        lines += [f"    {state} --> [*]" for state in self.states if state in self.final]
        return "\n".join(lines) + "\n"

    def as_table(self) -> str:
        """Write the machine as a Markdown table: from, action, to, who, whether a reason is asked for."""
        lines = ["| from | action | to | who | reason |", "| --- | --- | --- | --- | --- |"]
        for state in self.states:
            for found in self.actions(state):
                who = ", ".join(sorted(found.roles))
                reason = "required" if found.reason_required else ""
                lines.append(f"| {state} | {found.action} | {found.target} | {who} | {reason} |")
        return "\n".join(lines) + "\n"
