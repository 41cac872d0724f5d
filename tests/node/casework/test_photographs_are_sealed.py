"""Pictures: decoded before they are believed, sealed unaltered, shown bare; uploads go on where they stop."""

import hashlib
import io
import struct
import uuid
import zlib

import pytest
from django.urls import reverse
from PIL import Image

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.casework import files, images, services
from tidewaiter.node.casework.models import Photograph, Upload
from tidewaiter.node.casework.services.uploads import WrongOffset

from .conftest import World, make_person, picture
from .test_pages_open import Enter


def with_location() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera of the port"
    exif.get_ifd(0x8825)[2] = (22.0, 17.0, 5.0)
    return picture(exif=exif.tobytes(), comment=b"Camera of the port")


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has 30 000 x 30 000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def sealed(world: World, content: bytes) -> Photograph:
    return services.add_photograph(world.officer, content, client_id=uuid.uuid4(), control=world.control())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_original_is_sealed_unaltered(world: World, kind: str) -> None:
    content = picture(kind)
    found = sealed(world, content)
    place = files.place(found.sealed)
    assert place.read_bytes() == content
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert place.stat().st_mode & 0o777 == 0o400
    assert (found.format, found.width, found.height) == (kind, 64, 48)


def test_the_copy_has_no_metadata(world: World) -> None:
    content = with_location()
    assert b"Camera of the port" in content
    copy = files.place(sealed(world, content).copy).read_bytes()
    assert b"Camera" not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert not image.getexif()
        assert "exif" not in image.info


def test_the_copy_stands_upright(world: World) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(files.place(sealed(world, picture(exif=exif.tobytes())).copy)) as image:
        assert image.size == (48, 64)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        (bomb(), "pixels"),
        (picture()[:400], "no picture"),
        (picture("GIF"), "no picture"),
        (picture("TIFF"), "no picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(world: World, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        sealed(world, content)
    assert not Photograph.objects.exists()


def test_too_many_bytes_are_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MOST_BYTES", 100)
    with pytest.raises(Refused):
        sealed(world, picture())


def test_the_same_picture_again_is_stored_once(world: World) -> None:
    control, client = world.control(), uuid.uuid4()
    first = services.add_photograph(world.officer, picture(), client_id=client, control=control)
    assert services.add_photograph(world.officer, picture(), client_id=client, control=control) == first


def test_originals_are_for_case_officers_and_each_opening_is_audited(world: World) -> None:
    found = sealed(world, picture())
    with pytest.raises(NotAllowed):
        services.open_original(world.officer, found)
    assert services.open_original(world.case_officer, found) == picture()
    assert AuditRow.objects.filter(verb="casework.original_seen", actor=world.case_officer).count() == 1


def test_a_broken_seal_is_told(world: World) -> None:
    found = sealed(world, picture())
    place = files.place(found.sealed)
    place.chmod(0o600)
    place.write_bytes(b"changed")
    with pytest.raises(Refused, match="not what was sealed"):
        services.open_original(world.case_officer, found)


def test_pictures_leave_as_pictures_alone(world: World, enter: Enter) -> None:
    found = sealed(world, picture())
    answer = enter(world.case_officer).get(reverse("casework:photograph", args=[found.pk]))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert enter(world.outsider).get(reverse("casework:photograph", args=[found.pk])).status_code == 404


def test_who_may_not_open_the_case_sees_its_control_without_pictures(world: World, enter: Enter) -> None:
    found = sealed(world, picture())
    assert found.case is not None
    address = reverse("casework:control", args=[found.control_id])
    picture_address = reverse("casework:photograph", args=[found.pk])
    analyst = make_person("lei.a", world.office, Role.ANALYST)
    for person, shown in ((world.case_officer, True), (analyst, False)):
        page = enter(person).get(address)
        assert page.status_code == 200
        assert (picture_address in page.content.decode()) is shown
        assert (enter(person).get(picture_address).status_code == 200) is shown


def begun(world: World, content: bytes) -> Upload:
    entry = world.entry()
    services.record_control(world.officer, entry)
    return services.begin_upload(
        world.officer, upload_id=uuid.uuid4(), control_client_id=entry.client_id, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def test_an_upload_goes_on_where_it_stopped(world: World) -> None:
    content = picture(size=(300, 200))
    upload = begun(world, content)
    services.receive(world.officer, upload, 0, content[:200])
    with pytest.raises(WrongOffset) as wrong:
        services.receive(world.officer, upload, 100, content[100:])
    assert wrong.value.received == 200
    upload = services.receive(world.officer, upload, 200, content[200:])
    assert upload.photograph is not None
    assert files.place(upload.photograph.sealed).read_bytes() == content
    assert services.receive(world.officer, upload, 0, content).photograph == upload.photograph


def test_a_picture_that_arrived_damaged_begins_anew(world: World) -> None:
    content = picture()
    upload = begun(world, content)
    with pytest.raises(WrongOffset) as wrong:
        services.receive(world.officer, upload, 0, b"x" * len(content))
    assert wrong.value.received == 0
    assert services.receive(world.officer, upload, 0, content).photograph is not None


def test_an_upload_that_is_no_picture_is_refused_for_good(world: World) -> None:
    content = b"no picture at all"
    upload = begun(world, content)
    for _ in range(2):
        with pytest.raises(Refused):
            services.receive(world.officer, Upload.objects.get(pk=upload.pk), 0, content)
    assert Upload.objects.get(pk=upload.pk).refused
