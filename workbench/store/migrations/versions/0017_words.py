"""Words: articles are found by the words of title and outlet, and listed, without a look at all of them"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SHARED = (  # told to be dear, for the planner would rather take every article apart than use the index
    "CREATE FUNCTION words_of(title text, outlet text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE"
    " COST 10000 AS $$ BEGIN RETURN to_tsvector('simple', regexp_replace("
    "coalesce(title, '') || ' ' || coalesce(outlet, ''),"
    r" '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u2000-\u206f\u3000-\u303f]+', ' ', 'g')); END $$",
    "CREATE INDEX ix_article_words ON article USING gin (words_of(title, outlet))",
)
EMBEDDED = (
    "CREATE VIRTUAL TABLE article_words USING fts5(title, outlet, content='article', content_rowid='id',"
    " detail='none', prefix='1 2', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER article_words_come AFTER INSERT ON article BEGIN INSERT INTO article_words(rowid, title, outlet)"
    " VALUES (new.id, new.title, new.outlet); END",
    "CREATE TRIGGER article_words_go AFTER DELETE ON article BEGIN INSERT INTO article_words(article_words, rowid,"
    " title, outlet) VALUES ('delete', old.id, old.title, old.outlet); END",
    "CREATE TRIGGER article_words_change AFTER UPDATE OF title, outlet ON article BEGIN INSERT INTO"
    " article_words(article_words, rowid, title, outlet) VALUES ('delete', old.id, old.title, old.outlet);"
    " INSERT INTO article_words(rowid, title, outlet) VALUES (new.id, new.title, new.outlet); END",
    "INSERT INTO article_words(article_words) VALUES ('rebuild')",
)


def upgrade() -> None:
    op.create_index("ix_article_place", "article", ["project_id", "id"])
    embedded = op.get_bind().dialect.name == "sqlite"
    for statement in EMBEDDED if embedded else SHARED:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("come", "go", "change"):
            op.execute(f"DROP TRIGGER article_words_{name}")
        op.execute("DROP TABLE article_words")
    else:
        op.execute("DROP INDEX ix_article_words")
        op.execute("DROP FUNCTION words_of(text, text)")
    op.drop_index("ix_article_place", table_name="article")
