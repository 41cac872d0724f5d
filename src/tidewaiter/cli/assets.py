"""What is made from sources before pages can be shown: catalogues of messages, front-end files of the npm lock."""

from tidewaiter.cli.failure import Failure


def catalogues() -> None:
    """Compile the catalogues that are older than their sources."""
    from tidewaiter.node.ui.catalogues import compile_all

    compile_all()


def front_end() -> None:
    """Bring the front-end files unless they are here already; nothing happens where no lock is (an installed package).

    Raises Failure where they cannot be brought.
    """
    from tidewaiter.node.ui import vendor

    if not (vendor.ROOT / "package-lock.json").is_file() or vendor.is_complete():
        return
    if vendor.main([]):
        raise Failure("the front-end files could not be brought, as said above. Nothing else was changed")
