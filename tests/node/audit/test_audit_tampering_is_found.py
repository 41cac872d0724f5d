"""Who changes the database behind the guards is found, with the place; what was erased rightly is not taken for it."""

from collections.abc import Callable

import pytest

from tidewaiter.node.audit import chain
from tidewaiter.node.audit.chain import Fault
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.audit.sequencer import run_until_empty
from tidewaiter.node.audit.services import erase_payload

pytestmark = pytest.mark.django_db(transaction=True)

Unguarded = Callable[[str], None]
Deed = Callable[..., AuditRow]
THIRD = "(SELECT id FROM (SELECT id FROM audit_auditrow WHERE seq = 3) AS third)"


@pytest.fixture
def five(deed: Deed) -> None:
    for number in range(5):
        deed(theme=f"t{number}")
    run_until_empty()


@pytest.mark.parametrize(
    ("statement", "fault", "place"),
    [
        ("UPDATE audit_auditrow SET actor_name = 'wong.k' WHERE seq = 3", Fault.ROW_CHANGED, 3),
        ("UPDATE audit_auditrow SET office = 'MO' WHERE seq = 3", Fault.ROW_CHANGED, 3),
        ("UPDATE audit_auditrow SET reason = 'because' WHERE seq = 3", Fault.ROW_CHANGED, 3),
        ("UPDATE audit_auditrow SET verb = 'accounts.created' WHERE seq = 3", Fault.ROW_CHANGED, 3),
        ("UPDATE audit_auditrow SET actor_id = NULL WHERE seq = 3", Fault.ROW_CHANGED, 3),
        ("UPDATE audit_auditrow SET request_id = 'r' WHERE seq = 3", Fault.ROW_CHANGED, 3),
        ("UPDATE audit_auditrow SET at = '2001-01-01 00:00:00+00:00' WHERE seq = 3", Fault.ROW_CHANGED, 3),
        ("UPDATE audit_auditrow SET hash = prev_hash WHERE seq = 3", Fault.ROW_CHANGED, 3),
        ("UPDATE audit_auditrow SET prev_hash = hash WHERE seq = 3", Fault.LINK, 3),
        (
            "UPDATE audit_auditrow SET seq = NULL, prev_hash = NULL, hash = NULL WHERE seq = 3",
            Fault.ROW_MISSING,
            3,
        ),
        ("UPDATE audit_auditrow SET seq = NULL, prev_hash = NULL, hash = NULL WHERE seq = 5", Fault.ROW_MISSING, 5),
        (f"UPDATE audit_auditpayload SET body = '{{}}' WHERE row_id = {THIRD}", Fault.CONTENT_CHANGED, 3),
        (f"DELETE FROM audit_auditpayload WHERE row_id = {THIRD}", Fault.CONTENT_MISSING, 3),
        ("UPDATE audit_chainhead SET hash = 'x'", Fault.HEAD, 5),
        ("UPDATE audit_chainhead SET seq = 4", Fault.HEAD, 4),
        ("DELETE FROM audit_chainhead", Fault.HEAD, 0),
    ],
)
def test_it_is_found_at_its_place(five: None, unguarded: Unguarded, statement: str, fault: Fault, place: int) -> None:
    assert chain.verify().whole
    unguarded(statement)
    verdict = chain.verify()
    assert (verdict.whole, verdict.fault, verdict.at_seq) == (False, fault, place)


def test_a_part_is_checked_against_the_row_before_it(five: None, unguarded: Unguarded) -> None:
    unguarded("UPDATE audit_auditrow SET reason = 'because' WHERE seq = 2")
    assert chain.verify(3, 5).whole
    assert chain.verify(1, 1).whole
    assert chain.verify(2, 4).at_seq == 2


def test_erased_content_leaves_the_chain_whole(five: None, deed: Deed) -> None:
    before = chain.verify()
    for row in AuditRow.objects.filter(seq__in=(2, 4)):
        erase_payload(None, row, reason="asked for by the person")
    assert (chain.verify().whole, chain.verify().erased) == (True, 2)
    run_until_empty()
    after = chain.verify()
    assert (after.whole, after.erased, after.checked) == (True, 2, before.checked + 2)


@pytest.mark.parametrize(("first", "last"), [(0, 3), (1, 6), (4, 2), (7, None)])
def test_places_beside_the_chain_are_refused(five: None, first: int, last: int | None) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        chain.verify(first, last)


def test_an_empty_chain_is_whole() -> None:
    assert chain.verify().whole
