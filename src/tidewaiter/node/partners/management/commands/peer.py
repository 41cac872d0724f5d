"""``tidewaiter node manage DIR peer``: give our public key, add neighbours and agreements."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.partners import services
from tidewaiter.node.partners.models import Peer


class Command(BaseCommand):
    """Keys travel as files and are compared out of band: read both thumbprints to one another by telephone."""

    help = "Neighbours: `key` writes our public key, `add` adds a neighbour by its key file, `agree` an agreement."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The actions."""
        actions = parser.add_subparsers(dest="action", required=True)
        key = actions.add_parser("key", help="write our public key, for a neighbour")
        key.add_argument("file", nargs="?", type=Path, help="where to; without it to standard output")
        add = actions.add_parser("add", help="add a neighbour, or a further key or another address of one")
        add.add_argument("--administration", required=True, help="its code: CN-GD, HK, MO")
        add.add_argument("--url", required=True, help="address of its node, or of its TAXII API root")
        add.add_argument("--key", required=True, type=Path, help="the file that its command `peer key` wrote")
        agree = actions.add_parser("agree", help="enter an agreement; without one only receipts and recalls go")
        agree.add_argument("--administration", required=True)
        agree.add_argument("--legal-basis", required=True, help="in words, with its article")
        agree.add_argument("--from", dest="valid_from", required=True, type=date.fromisoformat)
        agree.add_argument("--until", dest="valid_until", type=date.fromisoformat)
        agree.add_argument("--nominal", action="store_true", help="personal data are covered")
        agree.add_argument("--onward", action="store_true", help="the receiver may pass things on")
        agree.add_argument("--confirmed", action="store_true", help="our lawyers have confirmed it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say why not."""
        try:
            getattr(self, f"_{options['action']}")(options)
        except Refused as refused:
            raise CommandError(f"{refused.message} Nothing was changed.") from None

    def _key(self, options: dict[str, Any]) -> None:
        text = json.dumps(services.own_public_key(), indent=1) + "\n"
        if options["file"] is None:
            self.stdout.write(text)
        else:
            options["file"].write_text(text, encoding="utf-8")

    def _add(self, options: dict[str, Any]) -> None:
        code, path = options["administration"], options["key"]
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            key = told["key"]
        except (OSError, ValueError, KeyError, TypeError):
            raise CommandError(f"{path} is no key file of a node. Nothing was changed.") from None
        if told.get("administration") != code:
            raise CommandError(
                f"{path} is the key of {told.get('administration')}, not of {code}. Nothing was changed."
            )
        services.add_peer(None, administration=code, url=options["url"], key=key)
        self.stdout.write(f"{code} is a neighbour. Compare its key with it: {key.get('kid')}")

    def _agree(self, options: dict[str, Any]) -> None:
        peer = Peer.objects.filter(pk=options["administration"]).first()
        if peer is None:
            raise CommandError(f"{options['administration']} is no neighbour yet: add it first. Nothing was changed.")
        names = ("legal_basis", "valid_from", "valid_until", "nominal", "onward", "confirmed")
        services.add_agreement(None, peer, **{name: options[name] for name in names})
        self.stdout.write(f"The agreement with {peer.pk} is entered.")
