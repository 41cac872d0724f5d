"""Run the command as ``python -m tidewaiter.cli``."""

import sys

from tidewaiter.cli.main import main

sys.exit(main())
