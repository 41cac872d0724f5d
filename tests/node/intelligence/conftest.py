"""People, a neighbour and tips for the tests of intelligence."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.visiting import sign_in

from tidewaiter.exchange.objects import Asked, Handling, Place, Reference, Tip, Tlp, identity_of, new_id, now, to_stix
from tidewaiter.exchange.signing import SigningKey, sign_batch
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.services import load_offices
from tidewaiter.node.intelligence import models, services
from tidewaiter.node.partners.models import InboxBatch, Peer
from tidewaiter.node.partners.services import add_agreement, add_peer, receiving


@pytest.fixture
def office(db: None) -> Office:
    """A control point; the whole tree is there."""
    load_offices()
    return Office.objects.get(pk="HK-HZMB")


@pytest.fixture
def make_person(office: Office) -> Callable[..., Person]:
    """``make_person("officer", "HK-HZMB")``"""

    def make(role: str, at: str = "HK", username: str = "") -> Person:
        made = Person.objects.create(
            username=username or f"{role}-{at}".lower(),
            office_id=at,
            must_change_password=False,
            name_latin=role.title(),
        )
        RoleGrant.objects.create(person=made, role=role, office_id=at, reason="for a test")
        return made

    return make


@pytest.fixture
def gd_key(office: Office) -> SigningKey:
    """Guangdong is a neighbour with an agreement; its key."""
    key = SigningKey.generate(identity_of("CN-GD"))
    peer = add_peer(None, administration="CN-GD", url="http://127.0.0.1:9", key=key.public.public_jwk())
    add_agreement(None, peer, legal_basis="Invented arrangement, article 3", valid_from=date(2020, 1, 1))
    return key


@pytest.fixture
def arrive(gd_key: SigningKey) -> Callable[..., models.Tip]:
    """A tip of Guangdong, taken in as it would come over the wire."""

    def make(**changes: Any) -> models.Tip:
        at = now()
        told = Tip(
            **{
                "id": new_id("indicator"),
                "author": identity_of("CN-GD"),
                "created": at,
                "modified": at,
                "handling": Handling(tlp=Tlp.AMBER, expires=at + timedelta(hours=8)),
                "title": "Lorry with watches",
                "what": "Watches of the brand Lumodot behind a false wall",
                "sent_at": at,
                "where": Place(administration="HK", office="HK-HZMB"),
                "asked": Asked.CONTROL,
                "references": (Reference(kind="plate", value="粤Z·M208港"),),
                **changes,
            }
        )
        take(gd_key, to_stix(told))
        return models.Tip.objects.get(pk=told.id.partition("--")[2])

    return make


def take(key: SigningKey, *plain: dict[str, Any]) -> None:
    """Take a batch in."""
    content = sign_batch(plain, key).to_envelope()
    receiving.apply(
        InboxBatch.objects.create(peer_id="CN-GD", content=content, digest="0" * 64, request_key_id=key.key_id)
    )


@pytest.fixture
def draft(gd_key: SigningKey, make_person: Callable[..., Person]) -> Callable[..., models.Tip]:
    """A draft of ours to Guangdong."""

    def make(author: Person | None = None, **changes: Any) -> models.Tip:
        actor = author or make_person("intelligence", "HK", "writer")
        fields: dict[str, Any] = {
            "title": "Parcel with bags",
            "references": [{"kind": "postal_item", "value": "RR123456785HK"}],
            "expires_at": timezone.now() + timedelta(hours=6),
        }
        top = Office.objects.get(pk="HK")
        [made] = services.draft(actor, office=top, peers=[Peer.objects.get(pk="CN-GD")], **{**fields, **changes})
        return made

    return make


@pytest.fixture
def browser() -> Callable[[Person], Client]:
    """A browser in which a person is signed in."""
    return sign_in
