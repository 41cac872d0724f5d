"""A state machine lets through what its data say and nothing else, and says why not."""

import pytest

from tidewaiter.domain.machines import MACHINES, QUEUE_ITEM, TIP
from tidewaiter.domain.machines.reference import machines_markdown
from tidewaiter.domain.state_machine import WRONG_STATE_CODES, Machine, Transition, WrongState
from tidewaiter.refdata import closed_lists


def door(*more: Transition, states: tuple[str, ...] = ("shut", "open", "gone"), initial: str = "shut") -> Machine:
    return Machine(
        "door",
        initial,
        states,
        (
            Transition.of("unlock", "shut", "open", ("porter",)),
            Transition.of("lock", "open", "shut", ("porter", "guest")),
            Transition.of("remove", ("open", "shut"), "gone", ("owner",), reason=True),
            *more,
        ),
    )


def test_an_action_leads_to_its_target() -> None:
    assert door().apply("shut", "unlock") == "open"
    assert door().apply("open", "remove", reason="broken") == "gone"
    assert door().final == {"gone"}


@pytest.mark.parametrize(
    ("state", "action", "kept", "code"),
    [
        ("open", "unlock", {}, "not_from_here"),
        ("gone", "unlock", {}, "ended"),
        ("shut", "paint", {}, "unknown_action"),
        ("ajar", "lock", {}, "unknown_state"),
        ("shut", "unlock", {"role": "guest"}, "not_yours"),
        ("shut", "remove", {"reason": " \t"}, "reason_missing"),
    ],
)
def test_a_wrong_action_says_why(state: str, action: str, kept: dict[str, str], code: str) -> None:
    with pytest.raises(WrongState) as caught:
        door().apply(state, action, **kept)
    wrong = caught.value
    assert (wrong.code, wrong.machine, wrong.state, wrong.action) == (code, "door", state, action)
    assert wrong.code in WRONG_STATE_CODES
    assert "door" in str(wrong)


def test_what_is_possible_is_told() -> None:
    with pytest.raises(WrongState) as caught:
        door().apply("open", "unlock")
    assert caught.value.allowed == ("lock", "remove")


def test_actions_are_those_of_the_role() -> None:
    assert [found.action for found in door().actions("open")] == ["lock", "remove"]
    assert [found.action for found in door().actions("open", "guest")] == ["lock"]
    assert [found.action for found in door().actions("open", ("guest", "owner"))] == ["lock", "remove"]
    assert door().actions("open", ()) == ()
    with pytest.raises(WrongState, match="no state"):
        door().actions("ajar", "guest")


@pytest.mark.parametrize(
    ("more", "changed", "fault"),
    [
        (Transition.of("lock", "open", "gone", ("owner",)), {}, "two ways"),
        (Transition.of("burn", "open", "ashes", ("owner",)), {}, "unknown states"),
        (Transition.of("burn", "open", "gone", ()), {}, "no role"),
        (Transition.of("burn", (), "gone", ("owner",)), {}, "no source"),
        (Transition.of("burn", "open", "gone", ("owner",)), {"states": ("shut", "open", "gone", "lost")}, "nothing"),
        (Transition.of("burn", "open", "gone", ("owner",)), {"states": ("shut", "open", "gone", "gone")}, "twice"),
        (Transition.of("burn", "open", "gone", ("owner",)), {"initial": "lost"}, "initial"),
    ],
)
def test_data_that_contradict_themselves_are_refused(more: Transition, changed: dict[str, str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        door(more, **changed)  # type: ignore[arg-type]


def test_pictures_and_tables_show_every_arrow() -> None:
    drawn = door().as_mermaid()
    assert drawn.startswith("stateDiagram-v2\n    [*] --> shut\n")
    assert "    open --> shut: lock\n" in drawn
    assert "    gone --> [*]\n" in drawn
    assert "| open | remove | gone | owner | required |\n" in door().as_table()


@pytest.mark.parametrize("name", MACHINES)
def test_every_life_can_come_to_rest(name: str) -> None:
    """At rest is what nothing leads out of, and what only a stated reason opens again."""
    machine = MACHINES[name]
    resting = {s for s in machine.states if all(found.reason_required for found in machine.actions(s))}
    assert resting
    for _ in machine.states:
        resting |= {s for s in machine.states for found in machine.actions(s) if found.target in resting}
    assert resting == set(machine.states)


def test_a_queue_item_from_waiting_to_its_end() -> None:
    state = QUEUE_ITEM.initial
    for action in ("take", "give_back", "take", "send_for_control"):
        state = QUEUE_ITEM.apply(state, action, role="officer")
    assert QUEUE_ITEM.apply(state, "record_control", role="officer") == "controlled"
    with pytest.raises(WrongState, match="reason"):
        QUEUE_ITEM.apply(state, "release", role="officer")
    assert QUEUE_ITEM.apply(state, "release", role="officer", reason="regular trader, papers in order") == "released"


def test_the_second_officer_to_take_is_told() -> None:
    with pytest.raises(WrongState) as caught:
        QUEUE_ITEM.apply("taken", "take", role="officer")
    assert caught.value.code == "not_from_here"


def test_nobody_acts_on_an_expired_tip_but_late_news_of_it_arrives() -> None:
    with pytest.raises(WrongState) as caught:
        TIP.apply("expired", "act_on", role="officer")
    assert caught.value.code == "not_yours"
    assert TIP.apply("expired", "act_on", role="system") == "acted_on"


@pytest.mark.parametrize("name", ["seizure_stage", "record_status"])
def test_states_that_are_a_closed_list_are_that_list(name: str) -> None:
    assert MACHINES[name].states == closed_lists.codes(name)


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_and_action_has_its_words(name: str) -> None:
    machine = MACHINES[name]
    states = name if name in closed_lists.lists() else f"{name}_state"
    assert closed_lists.codes(states) == machine.states
    actions = [transition.action for transition in machine.transitions]
    assert closed_lists.codes(f"{name}_action") == tuple(dict.fromkeys(actions))


def test_the_reference_page_shows_every_machine() -> None:
    page = machines_markdown()
    assert all(f"## {name}\n" in page and machine.as_table() in page for name, machine in MACHINES.items())
