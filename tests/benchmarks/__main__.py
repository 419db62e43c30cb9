"""`make bench`: the figures of the portal. Words after it choose a part: pages (default), search, matching, allocation."""

import sys
from importlib import import_module

PARTS = ["pages", "search", "matching", "allocation"]

if __name__ == "__main__":
    wanted = sys.argv[1:] or ["pages"]
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"no benchmark called {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    for part in wanted:
        import_module(f"tests.benchmarks.{part}").main()
