"""``python -m accordant``: the same as the ``accordant`` command."""

import sys

from accordant.cli import main

sys.exit(main())
