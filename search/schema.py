"""The full-text index beside SearchDocument. Idempotent: the migration and every post_migrate call ensure().

The index holds lexemes that Python made (`engines.scoring`), so neither database tokenises or stems anything. SQLite: one
FTS5 table per language, kept in step by triggers (a remade table loses them: hence post_migrate). PostgreSQL: a generated
tsvector with a GIN index.
"""

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

DOCUMENTS = "search_searchdocument"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def fts_table(language: str) -> str:
    """The FTS5 table of one language."""
    return f"search_fts_{language.replace('-', '_')}"


def counts_table(language: str) -> str:
    """SQLite's own view of how many documents hold each lexeme of a language."""
    return f"search_vocabulary_{language.replace('-', '_')}"


def sqlite(language: str) -> list[str]:
    """detail=none and columnsize=0: a lexeme holds its weight itself, so neither places nor lengths are stored."""
    table = fts_table(language)
    add = f"INSERT INTO {table}(rowid, terms) VALUES (new.id, new.terms);"
    remove = f"INSERT INTO {table}({table}, rowid, terms) VALUES ('delete', old.id, old.terms);"
    was, is_now = f"old.language = '{language}'", f"new.language = '{language}'"
    return [
        f"""CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5(
            terms, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '-_'")""",
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {counts_table(language)} USING fts5vocab('{table}', 'row')",
        f"CREATE TRIGGER IF NOT EXISTS {table}_ai AFTER INSERT ON {DOCUMENTS} WHEN {is_now} BEGIN {add} END",
        f"CREATE TRIGGER IF NOT EXISTS {table}_ad AFTER DELETE ON {DOCUMENTS} WHEN {was} BEGIN {remove} END",
        f"CREATE TRIGGER IF NOT EXISTS {table}_bu BEFORE UPDATE OF terms, language ON {DOCUMENTS} WHEN {was} BEGIN {remove} END",
        f"CREATE TRIGGER IF NOT EXISTS {table}_au AFTER UPDATE OF terms, language ON {DOCUMENTS} WHEN {is_now} BEGIN {add} END",
    ]


#: columns of unlimited length that narrowing and sorting look at
READ_OF_MANY = ("source", "object_key", "topics")

POSTGRESQL = [
    f"""ALTER TABLE {DOCUMENTS} ADD COLUMN IF NOT EXISTS vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED""",
    # Without a pending list a search never pays for what was written before it.
    f"CREATE INDEX IF NOT EXISTS search_vector ON {DOCUMENTS} USING gin (vector) WITH (fastupdate = off)",
    # Long values stand outside the row: a search walks over many rows and looks at few columns.
    f"ALTER TABLE {DOCUMENTS} SET (toast_tuple_target = 256)",
    # But for what is read of many: fetched from outside, 250 lists of topics take 12 ms instead of 1.
    f"ALTER TABLE {DOCUMENTS} "
    + ", ".join(f"ALTER COLUMN {column} SET STORAGE MAIN" for column in READ_OF_MANY),
    # The planner does not know that to test a row means to unpack its vector, and would rather scan a small table: 280 ms for 88
    # documents instead of 3. Inside the function, and only there, it has to use the index.
    f"""CREATE OR REPLACE FUNCTION search_holding(tree text, lexemes text[])
        RETURNS TABLE (lexeme text, documents text) LANGUAGE plpgsql STABLE
        SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$ BEGIN RETURN QUERY
            SELECT list.lexeme, (
                SELECT string_agg(d.id::text, ',') FROM {DOCUMENTS} AS d
                WHERE d.vector @@ ('''' || list.lexeme || '''')::tsquery AND d.language = tree
            ) FROM unnest(lexemes) AS list (lexeme);
        END $$""",
]


def ensure(connection: BaseDatabaseWrapper) -> None:
    """Creates what is missing of the index; nothing while the table itself is missing."""
    with connection.cursor() as cursor:
        if DOCUMENTS not in connection.introspection.table_names(cursor):
            return
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Takes the index away again, as a migration must that alters `terms`; the documents stay."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS search_holding")
            cursor.execute(f"ALTER TABLE {DOCUMENTS} DROP COLUMN IF EXISTS vector")
            return
        for language in LANGUAGES:
            table = fts_table(language)
            for trigger in ("ai", "ad", "bu", "au"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{trigger}")
            cursor.execute(f"DROP TABLE IF EXISTS {counts_table(language)}")
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return POSTGRESQL
    return [statement for language in LANGUAGES for statement in sqlite(language)]
