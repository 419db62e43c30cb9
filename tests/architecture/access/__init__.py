"""Who may see and do what: one table, and the tests that read it. docs/access.md is printed from it."""
