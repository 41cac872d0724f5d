"""``python -m tidewaiter.demo.making DIR ADMINISTRATION PORT LANGUAGE DATABASE``: makes one node.

Prints what it was given.

As ``tidewaiter node init`` does, with the setting that says on every page that all data is invented.
"""

import json
import sys
from pathlib import Path

from tidewaiter.node.folder import Wishes, make


def main() -> None:
    """Make it and say the first administrator's one-time password."""
    folder, administration, port, language, database = sys.argv[1:]
    wishes = Wishes(
        administration=administration,
        port=int(port),
        language=language,
        database_url=database,
        settings=(("SYNTHETIC", "yes"), ("THREADS", "8"), ("LEAST_DISK_MB", "100")),
    )
    _, password = make(Path(folder), wishes)
    print(json.dumps({"administrator": wishes.username, "password": password}))


if __name__ == "__main__":
    main()
