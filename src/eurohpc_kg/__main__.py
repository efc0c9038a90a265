"""Make ``python -m eurohpc_kg`` the same as the command ``eurohpc-kg``."""

import sys

from eurohpc_kg.cli import main

if __name__ == "__main__":
    sys.exit(main())
