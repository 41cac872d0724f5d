"""One object for each neighbour, its own number, nothing without an agreement; recalled, it is out of use."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.node.intelligence.conftest import take

from tidewaiter.exchange.objects import (
    Handling,
    Instruction,
    Recall,
    RecallReason,
    Subject,
    Tlp,
    identity_of,
    new_id,
    now,
    to_stix,
)
from tidewaiter.exchange.objects.extension import EXTENSION
from tidewaiter.exchange.signing import SigningKey
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.intelligence import services
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.intelligence.queries.figures import tips as figures
from tidewaiter.node.intelligence.queries.pages import share_of
from tidewaiter.node.partners.models import Delivery, OutboxObject, Peer, RecalledObject
from tidewaiter.node.partners.services import add_agreement, add_peer
from tidewaiter.node.targeting.models import SelectedConsignment

Draft = Callable[..., Tip]


@pytest.fixture
def mo(gd_key: SigningKey) -> Peer:
    """Macao, without an agreement."""
    key = SigningKey.generate(identity_of("MO"))
    return add_peer(None, administration="MO", url="http://127.0.0.1:9", key=key.public.public_jwk())


def test_sending_writes_the_outbox_with_the_deed(draft: Draft) -> None:
    tip = draft()
    [sent] = services.send(tip.author, [tip])
    held = OutboxObject.objects.get()
    assert (sent.state, held.object_id, held.releasable_to) == ("sent", tip.object_id, ["CN-GD"])
    assert held.plain["extensions"][EXTENSION]["number"] == tip.number == "HK-GD-0001"
    assert Delivery.objects.get().peer_id == "CN-GD"
    assert figures().sent == (tip.pk,)
    assert len(figures().undelivered) == 1


def test_without_an_agreement_nothing_goes_to_anybody(
    draft: Draft, mo: Peer, make_person: Callable[..., Person]
) -> None:
    author = make_person("intelligence")
    both = services.draft(
        author,
        office=Office.objects.get(pk="HK"),
        peers=Peer.objects.all(),
        title="For both",
        expires_at=timezone.now() + timedelta(hours=1),
    )
    with pytest.raises(Refused, match="no agreement"):
        services.send(author, both)
    assert not OutboxObject.objects.exists()
    assert {tip.state for tip in Tip.objects.all()} == {"drafted"}


def test_what_one_receives_says_nothing_of_the_other(mo: Peer, make_person: Callable[..., Person]) -> None:
    add_agreement(None, mo, legal_basis="Invented", valid_from=timezone.localdate())
    author = make_person("intelligence")
    both = services.draft(
        author,
        office=Office.objects.get(pk="HK"),
        peers=Peer.objects.all(),
        title="For both",
        references=[{"kind": "plate", "value": "AB 1234"}],
        expires_at=timezone.now() + timedelta(hours=1),
    )
    reduced = next(tip for tip in both if tip.peer_id == "MO")
    services.edit(author, reduced, references=[], title="In general")
    shared = share_of(list(Tip.objects.order_by("peer")))
    plate = next(cells for word, cells in shared["rows"] if str(word) == "Plate")
    assert [text for _, text in plate] == ["AB 1234", None]
    services.send(author, both)
    to_mo = Delivery.objects.get(peer="MO").outbox.content
    to_gd = Delivery.objects.get(peer="CN-GD").outbox
    assert "AB 1234" not in to_mo
    assert to_gd.object_id not in to_mo
    assert {tip.number for tip in both} == {"HK-GD-0001", "HK-MO-0001"}
    assert str(both[0].group) not in to_mo


def test_a_tip_in_the_past_is_refused(draft: Draft) -> None:
    with pytest.raises(Refused, match="future"):
        draft(expires_at=timezone.now() - timedelta(minutes=1))


def test_recalled_before_it_left_it_never_leaves(draft: Draft) -> None:
    tip = draft()
    services.send(tip.author, [tip])
    services.recall(tip.author, tip, reason="error", words="The number was wrong")
    assert set(OutboxObject.objects.values_list("kind", flat=True)) == {"tip", "recall"}
    assert OutboxObject.objects.get(kind="tip").recalled_at is not None


def test_a_neighbours_recall_takes_its_tip_out_of_use(
    arrive: Callable[..., Tip], gd_key: SigningKey, make_person: Callable[..., Person], browser: Callable[..., object]
) -> None:
    tip = arrive()
    at = now()
    told = Recall(
        id=new_id("note"), author=identity_of("CN-GD"), created=at, modified=at,
        handling=Handling(tlp=Tlp.AMBER_STRICT), subjects=(Subject(id=tip.object_id),), reason=RecallReason.ERROR,
        instruction=Instruction.STOP_USING, words="Wrong plate",
    )  # fmt: skip
    take(gd_key, to_stix(told))
    tip.refresh_from_db()
    assert tip.state == "recalled"
    assert RecalledObject.objects.get().pk == tip.object_id
    assert SelectedConsignment.objects.get(pk=tip.queue_item).state not in ("waiting", "taken")
    page = browser(make_person("officer", "HK-HZMB")).get(tip.get_absolute_url())  # type: ignore[attr-defined]
    assert page.status_code == 200
    assert b"false wall" not in page.content
    assert b"Lorry with watches" not in page.content
