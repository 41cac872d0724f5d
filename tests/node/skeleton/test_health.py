"""Health: alive says nothing of the rest; ready says what is wrong."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tidewaiter.node import health
from tidewaiter.node.audit import guards
from tidewaiter.node.models import Heartbeat


def test_alive_touches_no_database(client: Client) -> None:
    # Without the mark of the database fixture any query would fail the test.
    response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "live", "node": "HK"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_it_is_ready_when_all_is_there(client: Client) -> None:
    Heartbeat.objects.create(worker="w", at=timezone.now(), started_at=timezone.now())
    response = client.get("/health/ready")
    assert response.status_code == 200, response.json()
    assert response.json()["status"] == "ready"
    assert {name for name, check in response.json()["checks"].items() if check["good"]} == set(health.CHECKS)


@pytest.mark.django_db
def test_a_worker_that_is_missing_or_silent_is_named(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert "no worker has ever" in response.json()["checks"]["worker"]["says"]
    long_ago = timezone.now() - timedelta(minutes=3)
    Heartbeat.objects.create(worker="w", at=long_ago, started_at=long_ago)
    check = client.get("/health/ready").json()["checks"]["worker"]
    assert (check["good"], check["says"]) == (False, "a worker showed life 180 s ago")


@pytest.mark.django_db
def test_an_audit_log_that_can_be_changed_is_named(client: Client) -> None:
    Heartbeat.objects.create(worker="w", at=timezone.now(), started_at=timezone.now())
    with connection.cursor() as cursor:
        for statement in guards.REMOVE[connection.vendor]:
            if "audit_row_delete" in statement or "audit_head_update" in statement:
                cursor.execute(statement)
    response = client.get("/health/ready")
    assert response.status_code == 503
    check = response.json()["checks"]["audit"]
    assert not check["good"]
    assert "audit_head_update, audit_row_delete is not in the database" in check["says"]


def test_a_database_that_is_away_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> health.Finding:
        raise OperationalError("could not connect to 10.0.0.1 as tidewaiter")

    assert health.said(away) == (False, "the database does not answer (OperationalError)")


@pytest.mark.django_db
def test_tables_of_an_earlier_version_are_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    plan = [("0002", False), ("0003", False)]
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: plan)
    assert health.migrations() == (False, "2 migrations are not applied: run `tidewaiter node migrate`")


def test_a_folder_that_cannot_be_written_is_a_finding(settings: SimpleNamespace, tmp_path: Path) -> None:
    settings.CONFIG = SimpleNamespace(lake=tmp_path / "nothing", files=tmp_path, folder=tmp_path, least_disk_mb=10**9)
    assert health.lake() == (False, "the lake cannot be written (No such file or directory)")
    assert health.files()[0]
    good, says = health.disk()
    assert not good
    assert says.endswith(f"MB free, {10**9} MB needed")
