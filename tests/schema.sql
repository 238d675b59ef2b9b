CREATE INDEX ix_articles_published_on ON articles (published_on);

CREATE INDEX ix_articles_publisher ON articles (lower(publisher));

CREATE INDEX ix_attributions_role_id_standing_quote_id ON attributions (role_id, standing, quote_id);

CREATE INDEX ix_attributions_speaker_id_standing_quote_id ON attributions (speaker_id, standing, quote_id);

CREATE INDEX ix_judgements_other_id ON judgements (other_id);

CREATE INDEX ix_judgements_speaker_id ON judgements (speaker_id);

CREATE INDEX ix_name_mentions_article_id ON name_mentions (article_id);

CREATE INDEX ix_quote_mentions_folded ON quote_mentions (folded);

CREATE INDEX ix_quote_mentions_last_word ON quote_mentions (substr(folded, length(rtrim(folded, replace(folded, ' ', ''))) + 1));

CREATE INDEX ix_quotes_continues_id ON quotes (continues_id) WHERE continues_id IS NOT NULL;

CREATE INDEX ix_quotes_medium ON quotes (medium) WHERE medium IS NOT NULL;

CREATE INDEX ix_quotes_parent_id ON quotes (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX ix_reviews_quote_id ON reviews (quote_id);

CREATE INDEX ix_role_mentions_article_id ON role_mentions (article_id);

CREATE INDEX ix_roles_canonical_id ON roles (canonical_id);

CREATE INDEX ix_roles_normal ON roles (normal);

CREATE INDEX ix_roles_organization_id ON roles (organization_id);

CREATE INDEX ix_speaker_names_folded ON speaker_names (folded);

CREATE INDEX ix_speakers_canonical_id ON speakers (canonical_id);

CREATE INDEX ix_speakers_family_name ON speakers (family_name);

CREATE INDEX ix_speakers_given_name ON speakers (given_name);

CREATE INDEX ix_speakers_name ON speakers (name);

CREATE INDEX ix_speakers_organization_id ON speakers (organization_id);

CREATE UNIQUE INDEX uq_roles_speaker_id_title_organization_id ON roles (speaker_id, title, coalesce(organization_id, 0));

CREATE UNIQUE INDEX uq_speakers_folded_kind_qualifier ON speakers (folded, kind, coalesce(qualifier, ''));

CREATE TABLE articles (
	id INTEGER NOT NULL,
	slug TEXT NOT NULL,
	title TEXT,
	publisher TEXT,
	byline TEXT,
	url TEXT,
	published_on TEXT,
	language TEXT,
	text TEXT NOT NULL,
	text_sha256 TEXT NOT NULL,
	loaded_at TEXT NOT NULL,
	extractor TEXT,
	CONSTRAINT pk_articles PRIMARY KEY (id),
	CONSTRAINT uq_articles_slug UNIQUE (slug),
	CONSTRAINT uq_articles_text_sha256 UNIQUE (text_sha256),
	CONSTRAINT ck_articles_text_sha256 CHECK (length(text_sha256) = 64),
	CONSTRAINT ck_articles_slug CHECK (slug <> ''),
	CONSTRAINT ck_articles_published_on CHECK (published_on IS NULL OR (length(published_on) IN (4, 7, 10) AND ltrim(substr(published_on, 1, 4), '0123456789') = '' AND substr(published_on, 1, 4) <> '0000' AND (length(published_on) = 4 OR (substr(published_on, 5, 1) = '-' AND ltrim(substr(published_on, 6, 2), '0123456789') = '' AND substr(published_on, 6, 2) BETWEEN '01' AND '12')) AND (length(published_on) < 10 OR (substr(published_on, 8, 1) = '-' AND ltrim(substr(published_on, 9, 2), '0123456789') = '' AND substr(published_on, 9, 2) BETWEEN '01' AND '31' AND substr(published_on, 6, 5) NOT IN ('02-30', '02-31', '04-31', '06-31', '09-31', '11-31') AND (substr(published_on, 6, 5) <> '02-29' OR (CAST(substr(published_on, 1, 4) AS INTEGER) % 4 = 0 AND (CAST(substr(published_on, 1, 4) AS INTEGER) % 100 <> 0 OR CAST(substr(published_on, 1, 4) AS INTEGER) % 400 = 0)))))))
);

CREATE TABLE attributions (
	id INTEGER NOT NULL,
	quote_id INTEGER NOT NULL,
	speaker_id INTEGER NOT NULL,
	role_id INTEGER,
	position INTEGER NOT NULL,
	standing TEXT NOT NULL,
	confidence DOUBLE,
	CONSTRAINT pk_attributions PRIMARY KEY (id),
	CONSTRAINT uq_attributions_quote_id_speaker_id UNIQUE (quote_id, speaker_id),
	CONSTRAINT fk_attributions_quote_id_quotes FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE CASCADE,
	CONSTRAINT fk_attributions_speaker_id_speakers FOREIGN KEY(speaker_id) REFERENCES speakers (id),
	CONSTRAINT fk_attributions_role_id_roles FOREIGN KEY(role_id) REFERENCES roles (id),
	CONSTRAINT ck_attributions_standing CHECK (standing IN ('asserted', 'candidate')),
	CONSTRAINT ck_attributions_confidence CHECK (confidence >= 0 AND confidence <= 1)
);

CREATE TABLE judgements (
	id INTEGER NOT NULL,
	speaker_id INTEGER NOT NULL,
	other_id INTEGER NOT NULL,
	verdict TEXT NOT NULL,
	undoes_id INTEGER,
	judged_by TEXT NOT NULL,
	judged_at TEXT NOT NULL,
	note TEXT,
	CONSTRAINT pk_judgements PRIMARY KEY (id),
	CONSTRAINT uq_judgements_undoes_id UNIQUE (undoes_id),
	CONSTRAINT fk_judgements_speaker_id_speakers FOREIGN KEY(speaker_id) REFERENCES speakers (id),
	CONSTRAINT fk_judgements_other_id_speakers FOREIGN KEY(other_id) REFERENCES speakers (id),
	CONSTRAINT fk_judgements_undoes_id_judgements FOREIGN KEY(undoes_id) REFERENCES judgements (id),
	CONSTRAINT ck_judgements_verdict CHECK (verdict IN ('same', 'different')),
	CONSTRAINT ck_judgements_pair CHECK (speaker_id <> other_id)
);

CREATE TABLE name_mentions (
	id INTEGER NOT NULL,
	name_id INTEGER NOT NULL,
	article_id INTEGER NOT NULL,
	CONSTRAINT pk_name_mentions PRIMARY KEY (id),
	CONSTRAINT uq_name_mentions_name_id_article_id UNIQUE (name_id, article_id),
	CONSTRAINT fk_name_mentions_name_id_speaker_names FOREIGN KEY(name_id) REFERENCES speaker_names (id) ON DELETE CASCADE,
	CONSTRAINT fk_name_mentions_article_id_articles FOREIGN KEY(article_id) REFERENCES articles (id)
);

CREATE TABLE organizations (
	id INTEGER NOT NULL,
	slug TEXT NOT NULL,
	name TEXT NOT NULL,
	CONSTRAINT pk_organizations PRIMARY KEY (id),
	CONSTRAINT uq_organizations_slug UNIQUE (slug)
);

CREATE TABLE quote_mentions (
	id INTEGER NOT NULL,
	quote_id INTEGER NOT NULL,
	mention_start INTEGER NOT NULL,
	mention_end INTEGER NOT NULL,
	name TEXT NOT NULL,
	folded TEXT NOT NULL,
	CONSTRAINT pk_quote_mentions PRIMARY KEY (id),
	CONSTRAINT uq_quote_mentions_quote_id_mention_start_mention_end UNIQUE (quote_id, mention_start, mention_end),
	CONSTRAINT fk_quote_mentions_quote_id_quotes FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE CASCADE,
	CONSTRAINT ck_quote_mentions_mention CHECK ((mention_start IS NULL) = (mention_end IS NULL) AND (mention_start IS NULL OR (mention_start >= 0 AND mention_start < mention_end)))
);

CREATE TABLE quote_spans (
	id INTEGER NOT NULL,
	quote_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	span_start INTEGER NOT NULL,
	span_end INTEGER NOT NULL,
	CONSTRAINT pk_quote_spans PRIMARY KEY (id),
	CONSTRAINT uq_quote_spans_quote_id_position UNIQUE (quote_id, position),
	CONSTRAINT fk_quote_spans_quote_id_quotes FOREIGN KEY(quote_id) REFERENCES quotes (id) ON DELETE CASCADE,
	CONSTRAINT ck_quote_spans_span CHECK ((span_start IS NULL) = (span_end IS NULL) AND (span_start IS NULL OR (span_start >= 0 AND span_start < span_end)))
);

CREATE TABLE quotes (
	id INTEGER NOT NULL,
	uid TEXT NOT NULL,
	article_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	kind TEXT NOT NULL,
	text TEXT NOT NULL,
	quote_start INTEGER NOT NULL,
	quote_end INTEGER NOT NULL,
	cue_start INTEGER,
	cue_end INTEGER,
	source_start INTEGER,
	source_end INTEGER,
	act TEXT NOT NULL,
	polarity TEXT NOT NULL,
	medium TEXT,
	parent_id INTEGER,
	continues_id INTEGER,
	rule TEXT,
	confidence DOUBLE,
	status TEXT NOT NULL,
	extractor TEXT,
	CONSTRAINT pk_quotes PRIMARY KEY (id),
	CONSTRAINT uq_quotes_uid UNIQUE (uid),
	CONSTRAINT uq_quotes_article_id_position UNIQUE (article_id, position),
	CONSTRAINT fk_quotes_article_id_articles FOREIGN KEY(article_id) REFERENCES articles (id),
	CONSTRAINT fk_quotes_parent_id_quotes FOREIGN KEY(parent_id) REFERENCES quotes (id),
	CONSTRAINT fk_quotes_continues_id_quotes FOREIGN KEY(continues_id) REFERENCES quotes (id),
	CONSTRAINT ck_quotes_kind CHECK (kind IN ('direct', 'mixed', 'indirect')),
	CONSTRAINT ck_quotes_act CHECK (act IN ('speech', 'attitude')),
	CONSTRAINT ck_quotes_polarity CHECK (polarity IN ('affirmed', 'denied', 'declined')),
	CONSTRAINT ck_quotes_status CHECK (status IN ('extracted', 'confirmed', 'corrected', 'rejected')),
	CONSTRAINT ck_quotes_quote CHECK ((quote_start IS NULL) = (quote_end IS NULL) AND (quote_start IS NULL OR (quote_start >= 0 AND quote_start < quote_end))),
	CONSTRAINT ck_quotes_cue CHECK ((cue_start IS NULL) = (cue_end IS NULL) AND (cue_start IS NULL OR (cue_start >= 0 AND cue_start < cue_end))),
	CONSTRAINT ck_quotes_source CHECK ((source_start IS NULL) = (source_end IS NULL) AND (source_start IS NULL OR (source_start >= 0 AND source_start < source_end))),
	CONSTRAINT ck_quotes_confidence CHECK (confidence >= 0 AND confidence <= 1),
	CONSTRAINT ck_quotes_parent CHECK (parent_id <> id),
	CONSTRAINT ck_quotes_continues CHECK (continues_id <> id)
);

CREATE VIRTUAL TABLE quotes_fts USING fts5(
    text, content='quotes', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TABLE "reviews" (
	id INTEGER NOT NULL,
	quote_id INTEGER NOT NULL,
	decision TEXT NOT NULL,
	undoes_id INTEGER,
	reviewer TEXT NOT NULL,
	reviewed_at TEXT NOT NULL,
	note TEXT,
	"before" TEXT,
	CONSTRAINT pk_reviews PRIMARY KEY (id),
	CONSTRAINT uq_reviews_undoes_id UNIQUE (undoes_id),
	CONSTRAINT fk_reviews_undoes_id_reviews FOREIGN KEY(undoes_id) REFERENCES reviews (id),
	CONSTRAINT ck_reviews_undoes_id CHECK ((decision = 'undone') = (undoes_id IS NOT NULL)),
	CONSTRAINT fk_reviews_quote_id_quotes FOREIGN KEY(quote_id) REFERENCES quotes (id),
	CONSTRAINT ck_reviews_decision CHECK (decision IN ('added', 'confirmed', 'corrected', 'rejected', 'undone'))
);

CREATE TABLE role_mentions (
	id INTEGER NOT NULL,
	role_id INTEGER NOT NULL,
	article_id INTEGER NOT NULL,
	mention_start INTEGER NOT NULL,
	mention_end INTEGER NOT NULL,
	status TEXT NOT NULL,
	CONSTRAINT pk_role_mentions PRIMARY KEY (id),
	CONSTRAINT uq_role_mentions_role_id_article_id_mention_start_mention_end UNIQUE (role_id, article_id, mention_start, mention_end),
	CONSTRAINT fk_role_mentions_role_id_roles FOREIGN KEY(role_id) REFERENCES roles (id) ON DELETE CASCADE,
	CONSTRAINT fk_role_mentions_article_id_articles FOREIGN KEY(article_id) REFERENCES articles (id),
	CONSTRAINT ck_role_mentions_status CHECK (status IN ('held', 'former', 'incoming', 'sought')),
	CONSTRAINT ck_role_mentions_mention CHECK ((mention_start IS NULL) = (mention_end IS NULL) AND (mention_start IS NULL OR (mention_start >= 0 AND mention_start < mention_end)))
);

CREATE TABLE "roles" (
	id INTEGER NOT NULL,
	speaker_id INTEGER NOT NULL,
	title TEXT NOT NULL,
	organization_id INTEGER,
	started_on TEXT,
	ended_on TEXT,
	normal TEXT NOT NULL,
	canonical_id INTEGER NOT NULL,
	CONSTRAINT pk_roles PRIMARY KEY (id),
	CONSTRAINT fk_roles_speaker_id_speakers FOREIGN KEY(speaker_id) REFERENCES speakers (id),
	CONSTRAINT fk_roles_organization_id_organizations FOREIGN KEY(organization_id) REFERENCES organizations (id),
	CONSTRAINT ck_roles_started_on CHECK (started_on IS NULL OR (length(started_on) IN (4, 7, 10) AND ltrim(substr(started_on, 1, 4), '0123456789') = '' AND substr(started_on, 1, 4) <> '0000' AND (length(started_on) = 4 OR (substr(started_on, 5, 1) = '-' AND ltrim(substr(started_on, 6, 2), '0123456789') = '' AND substr(started_on, 6, 2) BETWEEN '01' AND '12')) AND (length(started_on) < 10 OR (substr(started_on, 8, 1) = '-' AND ltrim(substr(started_on, 9, 2), '0123456789') = '' AND substr(started_on, 9, 2) BETWEEN '01' AND '31' AND substr(started_on, 6, 5) NOT IN ('02-30', '02-31', '04-31', '06-31', '09-31', '11-31') AND (substr(started_on, 6, 5) <> '02-29' OR (CAST(substr(started_on, 1, 4) AS INTEGER) % 4 = 0 AND (CAST(substr(started_on, 1, 4) AS INTEGER) % 100 <> 0 OR CAST(substr(started_on, 1, 4) AS INTEGER) % 400 = 0))))))),
	CONSTRAINT ck_roles_ended_on CHECK (ended_on IS NULL OR (length(ended_on) IN (4, 7, 10) AND ltrim(substr(ended_on, 1, 4), '0123456789') = '' AND substr(ended_on, 1, 4) <> '0000' AND (length(ended_on) = 4 OR (substr(ended_on, 5, 1) = '-' AND ltrim(substr(ended_on, 6, 2), '0123456789') = '' AND substr(ended_on, 6, 2) BETWEEN '01' AND '12')) AND (length(ended_on) < 10 OR (substr(ended_on, 8, 1) = '-' AND ltrim(substr(ended_on, 9, 2), '0123456789') = '' AND substr(ended_on, 9, 2) BETWEEN '01' AND '31' AND substr(ended_on, 6, 5) NOT IN ('02-30', '02-31', '04-31', '06-31', '09-31', '11-31') AND (substr(ended_on, 6, 5) <> '02-29' OR (CAST(substr(ended_on, 1, 4) AS INTEGER) % 4 = 0 AND (CAST(substr(ended_on, 1, 4) AS INTEGER) % 100 <> 0 OR CAST(substr(ended_on, 1, 4) AS INTEGER) % 400 = 0))))))),
	CONSTRAINT fk_roles_canonical_id_roles FOREIGN KEY(canonical_id) REFERENCES roles (id)
);

CREATE TABLE speaker_names (
	id INTEGER NOT NULL,
	speaker_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	folded TEXT NOT NULL,
	CONSTRAINT pk_speaker_names PRIMARY KEY (id),
	CONSTRAINT uq_speaker_names_speaker_id_name UNIQUE (speaker_id, name),
	CONSTRAINT fk_speaker_names_speaker_id_speakers FOREIGN KEY(speaker_id) REFERENCES speakers (id) ON DELETE CASCADE
);

CREATE TABLE "speakers" (
	id INTEGER NOT NULL,
	slug TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	organization_id INTEGER,
	wikidata_id TEXT,
	folded TEXT NOT NULL,
	qualifier TEXT,
	family_name TEXT,
	given_name TEXT,
	canonical_id INTEGER NOT NULL,
	CONSTRAINT pk_speakers PRIMARY KEY (id),
	CONSTRAINT uq_speakers_slug UNIQUE (slug),
	CONSTRAINT uq_speakers_wikidata_id UNIQUE (wikidata_id),
	CONSTRAINT fk_speakers_organization_id_organizations FOREIGN KEY(organization_id) REFERENCES organizations (id),
	CONSTRAINT ck_speakers_kind CHECK (kind IN ('person', 'organization', 'group', 'unnamed')),
	CONSTRAINT ck_speakers_slug CHECK (slug <> ''),
	CONSTRAINT fk_speakers_canonical_id_speakers FOREIGN KEY(canonical_id) REFERENCES speakers (id)
);

CREATE TRIGGER articles_keep_text BEFORE UPDATE OF text, text_sha256 ON articles BEGIN
    SELECT RAISE(ABORT, 'an article''s text is never altered: every span counts in it');
END;

CREATE TRIGGER judgements_no_delete BEFORE DELETE ON judgements BEGIN
    SELECT RAISE(ABORT, 'judgements are append-only');
END;

CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements BEGIN
    SELECT RAISE(ABORT, 'judgements are append-only');
END;

CREATE TRIGGER quotes_ad AFTER DELETE ON quotes WHEN EXISTS (SELECT 1 FROM quotes_fts_docsize WHERE id = old.id) BEGIN
    INSERT INTO quotes_fts (quotes_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TRIGGER quotes_ai AFTER INSERT ON quotes BEGIN
    INSERT INTO quotes_fts (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER quotes_au AFTER UPDATE OF id, text ON quotes WHEN EXISTS (SELECT 1 FROM quotes_fts_docsize WHERE id = old.id) BEGIN
    INSERT INTO quotes_fts (quotes_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO quotes_fts (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER quotes_words_ai AFTER INSERT ON quotes BEGIN
    INSERT OR IGNORE INTO quotes_fts_words SELECT lower(trim(value, ';:!?"“”„«»()[]{}…*&%$#<>+=|~`@')) AS word
    FROM json_each('[' || replace(json_quote(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(new.text, char(10), ' '), char(13), ' '), char(9), ' '), char(160), ' '), char(8211), ' '), char(8212), ' '), char(45), ' '), char(47), ' '), char(39), ' '), char(8217), ' '), char(8216), ' '), char(95), ' '), char(46), ' '), char(44), ' ')), ' ', '","') || ']')
    WHERE length(word) >= 3 AND word NOT GLOB '*[0-9]*';
END;

CREATE TRIGGER quotes_words_au AFTER UPDATE OF text ON quotes BEGIN
    INSERT OR IGNORE INTO quotes_fts_words SELECT lower(trim(value, ';:!?"“”„«»()[]{}…*&%$#<>+=|~`@')) AS word
    FROM json_each('[' || replace(json_quote(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(new.text, char(10), ' '), char(13), ' '), char(9), ' '), char(160), ' '), char(8211), ' '), char(8212), ' '), char(45), ' '), char(47), ' '), char(39), ' '), char(8217), ' '), char(8216), ' '), char(95), ' '), char(46), ' '), char(44), ' ')), ' ', '","') || ']')
    WHERE length(word) >= 3 AND word NOT GLOB '*[0-9]*';
END;

CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews BEGIN
    SELECT RAISE(ABORT, 'reviews are append-only');
END;

CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews BEGIN
    SELECT RAISE(ABORT, 'reviews are append-only');
END;

CREATE VIEW article_summary AS
-- A row for each article. Every column: SELECT * FROM schema_notes WHERE name = 'article_summary'.
SELECT
    articles.title, articles.publisher, articles.published_on,
    CASE WHEN length(articles.published_on) >= 7 THEN substr(articles.published_on, 1, 7) END AS published_month,
    count(DISTINCT quotes.id) AS quotes,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'direct') AS direct,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'mixed') AS mixed,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'indirect') AS indirect,
    count(DISTINCT speakers.id) AS speakers,
    count(DISTINCT speakers.id) FILTER (WHERE speakers.kind = 'unnamed') AS unnamed_speakers,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.id IS NOT NULL AND speakers.id IS NULL) AS unattributed,
    articles.byline, articles.url, articles.language, articles.slug AS article
FROM articles
LEFT JOIN quotes ON quotes.article_id = articles.id
    AND quotes.parent_id IS NULL AND quotes.status <> 'rejected' AND quotes.act = 'speech'
LEFT JOIN attributions ON attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
LEFT JOIN speakers AS named ON named.id = attributions.speaker_id
LEFT JOIN speakers ON speakers.id = named.canonical_id
GROUP BY articles.id, articles.slug, articles.title, articles.publisher, articles.published_on, articles.byline,
    articles.url, articles.language;

CREATE VIEW nested_quotes AS
-- A row for each quote within a quote, asserted speaker, and speaker of the outer quote. Every column: SELECT * FROM schema_notes WHERE name = 'nested_quotes'.
SELECT
    speakers.name AS speaker, quotes.kind, quotes.text AS quote,
    parent_speakers.name AS parent_speaker, parents.text AS parent_quote,
    articles.slug AS article, articles.title AS article_title, articles.publisher, articles.published_on,
    quotes.quote_start, quotes.quote_end,
    speakers.slug AS speaker_slug, parent_speakers.slug AS parent_speaker_slug,
    quotes.status, quotes.uid, parents.uid AS parent_uid, quotes.id AS quote_id
FROM quotes
JOIN quotes AS parents ON parents.id = quotes.parent_id
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN attributions ON attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
LEFT JOIN speakers AS named ON named.id = attributions.speaker_id
LEFT JOIN speakers ON speakers.id = named.canonical_id
LEFT JOIN attributions AS parent_attributions ON parent_attributions.quote_id = parents.id AND parent_attributions.standing = 'asserted'
LEFT JOIN speakers AS parent_named ON parent_named.id = parent_attributions.speaker_id
LEFT JOIN speakers AS parent_speakers ON parent_speakers.id = parent_named.canonical_id
WHERE quotes.status <> 'rejected' AND parents.status <> 'rejected';

CREATE VIEW quote_attributions AS
-- A row for each quote and asserted speaker. Every column: SELECT * FROM schema_notes WHERE name = 'quote_attributions'.
SELECT
    speakers.name AS speaker,
    roles.title
        || CASE WHEN role_organizations.name IS NULL THEN '' WHEN instr(roles.title, ' of ') = 0 AND instr(roles.title, ' to ') = 0 AND instr(roles.title, ' for ') = 0 AND instr(roles.title, ' at ') = 0 AND instr(roles.title, ' in ') = 0 AND instr(roles.title, ' on ') = 0 AND instr(roles.title, ' from ') = 0
            THEN CASE WHEN substr(substr(roles.title, length(rtrim(roles.title, replace(roles.title, ' ', ''))) + 1), 1, 6) = 'spokes' THEN ' for ' ELSE ' of ' END ELSE ', ' END
        || coalesce(role_organizations.name, '')
        || coalesce(', ' || nullif((
        SELECT role_mentions.status FROM role_mentions
        WHERE role_mentions.role_id = attributions.role_id AND role_mentions.article_id = quotes.article_id
        ORDER BY role_mentions.mention_start LIMIT 1
    ), 'held'), '') AS role,
    coalesce(role_organizations.name, organizations.name) AS organization,
    quotes.kind, quotes.text AS quote,
    substr(articles.text, quotes.cue_start + 1, quotes.cue_end - quotes.cue_start) AS cue,
    substr(articles.text, quotes.source_start + 1, quotes.source_end - quotes.source_start) AS source,
    quotes.medium, quotes.polarity, quotes.act,
    articles.published_on,
    CASE WHEN length(articles.published_on) >= 7 THEN substr(articles.published_on, 1, 7) END AS published_month,
    articles.publisher, articles.title AS article_title, articles.slug AS article, articles.url AS article_url,
    articles.byline, quotes.position, quotes.quote_start, quotes.quote_end,
    speakers.slug AS speaker_slug,
    speakers.kind AS speaker_kind, attributions.confidence AS speaker_confidence,
    roles.title AS role_title, roles.normal AS normal_title,
    (
        SELECT role_mentions.status FROM role_mentions
        WHERE role_mentions.role_id = attributions.role_id AND role_mentions.article_id = quotes.article_id
        ORDER BY role_mentions.mention_start LIMIT 1
    ) AS role_status,
    quotes.status, quotes.confidence, quotes.rule, quotes.extractor, quotes.uid, quotes.id AS quote_id
FROM quotes
JOIN articles ON articles.id = quotes.article_id
JOIN attributions ON attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
JOIN speakers AS named ON named.id = attributions.speaker_id
JOIN speakers ON speakers.id = named.canonical_id
LEFT JOIN organizations ON organizations.id = speakers.organization_id
LEFT JOIN roles ON roles.id = attributions.role_id
LEFT JOIN organizations AS role_organizations ON role_organizations.id = roles.organization_id
WHERE quotes.parent_id IS NULL AND quotes.status <> 'rejected'
UNION ALL
SELECT
    NULL AS speaker, NULL AS role, NULL AS organization,
    quotes.kind, quotes.text AS quote,
    substr(articles.text, quotes.cue_start + 1, quotes.cue_end - quotes.cue_start) AS cue,
    substr(articles.text, quotes.source_start + 1, quotes.source_end - quotes.source_start) AS source,
    quotes.medium, quotes.polarity, quotes.act,
    articles.published_on,
    CASE WHEN length(articles.published_on) >= 7 THEN substr(articles.published_on, 1, 7) END AS published_month,
    articles.publisher, articles.title AS article_title, articles.slug AS article, articles.url AS article_url,
    articles.byline, quotes.position, quotes.quote_start, quotes.quote_end,
    NULL AS speaker_slug,
    NULL AS speaker_kind, NULL AS speaker_confidence, NULL AS role_title, NULL AS normal_title,
    NULL AS role_status,
    quotes.status, quotes.confidence, quotes.rule, quotes.extractor, quotes.uid, quotes.id AS quote_id
FROM quotes
JOIN articles ON articles.id = quotes.article_id
WHERE quotes.parent_id IS NULL AND quotes.status <> 'rejected'
    AND NOT EXISTS (
        SELECT 1 FROM attributions
        WHERE attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
    );

CREATE VIEW quote_candidates AS
-- A row for each quote whose speaker is open, and somebody who may be meant. Every column: SELECT * FROM schema_notes WHERE name = 'quote_candidates'.
SELECT
    speakers.name AS candidate, attributions.confidence AS candidate_confidence,
    substr(articles.text, quotes.source_start + 1, quotes.source_end - quotes.source_start) AS source,
    quotes.kind, quotes.text AS quote, quotes.act,
    articles.slug AS article, articles.title AS article_title, articles.publisher, articles.published_on,
    quotes.quote_start, quotes.quote_end, speakers.slug AS candidate_slug, speakers.kind AS candidate_kind,
    quotes.status, quotes.uid, quotes.id AS quote_id
FROM attributions
JOIN quotes ON quotes.id = attributions.quote_id
JOIN articles ON articles.id = quotes.article_id
JOIN speakers AS named ON named.id = attributions.speaker_id
JOIN speakers ON speakers.id = named.canonical_id
WHERE attributions.standing = 'candidate' AND quotes.parent_id IS NULL AND quotes.status <> 'rejected'
    AND NOT EXISTS (
        SELECT 1 FROM attributions AS others
        WHERE others.quote_id = quotes.id AND others.standing = 'asserted'
    );

CREATE VIEW quotes_about AS
-- A row for each place where a quote names somebody, and asserted speaker. Every column: SELECT * FROM schema_notes WHERE name = 'quotes_about'.
SELECT
    quote_mentions.name AS about,
    substr(articles.text, quote_mentions.mention_start + 1, quote_mentions.mention_end - quote_mentions.mention_start) AS words,
    speakers.name AS speaker, quotes.kind, quotes.text AS quote, quotes.act,
    articles.slug AS article, articles.title AS article_title, articles.publisher, articles.published_on,
    (
        SELECT CASE WHEN count(DISTINCT known.canonical_id) = 1 THEN min(canonical.slug) END
        FROM speaker_names
        JOIN speakers AS known ON known.id = speaker_names.speaker_id
        JOIN speakers AS canonical ON canonical.id = known.canonical_id
        WHERE speaker_names.folded = quote_mentions.folded AND (
            instr(quote_mentions.folded, ' ') > 0 OR EXISTS (
                SELECT 1 FROM name_mentions
                WHERE name_mentions.name_id = speaker_names.id AND name_mentions.article_id = quotes.article_id
            )
        )
    ) AS about_slug,
    speakers.slug AS speaker_slug, quote_mentions.mention_start, quote_mentions.mention_end,
    quotes.status, quotes.uid, quotes.id AS quote_id
FROM quote_mentions
JOIN quotes ON quotes.id = quote_mentions.quote_id
JOIN articles ON articles.id = quotes.article_id
JOIN attributions ON attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
JOIN speakers AS named ON named.id = attributions.speaker_id
JOIN speakers ON speakers.id = named.canonical_id
WHERE quotes.parent_id IS NULL AND quotes.status <> 'rejected'
UNION ALL
SELECT
    quote_mentions.name AS about,
    substr(articles.text, quote_mentions.mention_start + 1, quote_mentions.mention_end - quote_mentions.mention_start) AS words,
    NULL AS speaker, quotes.kind, quotes.text AS quote, quotes.act,
    articles.slug AS article, articles.title AS article_title, articles.publisher, articles.published_on,
    (
        SELECT CASE WHEN count(DISTINCT known.canonical_id) = 1 THEN min(canonical.slug) END
        FROM speaker_names
        JOIN speakers AS known ON known.id = speaker_names.speaker_id
        JOIN speakers AS canonical ON canonical.id = known.canonical_id
        WHERE speaker_names.folded = quote_mentions.folded AND (
            instr(quote_mentions.folded, ' ') > 0 OR EXISTS (
                SELECT 1 FROM name_mentions
                WHERE name_mentions.name_id = speaker_names.id AND name_mentions.article_id = quotes.article_id
            )
        )
    ) AS about_slug,
    NULL AS speaker_slug, quote_mentions.mention_start, quote_mentions.mention_end,
    quotes.status, quotes.uid, quotes.id AS quote_id
FROM quote_mentions
JOIN quotes ON quotes.id = quote_mentions.quote_id
JOIN articles ON articles.id = quotes.article_id
WHERE quotes.parent_id IS NULL AND quotes.status <> 'rejected'
    AND NOT EXISTS (
        SELECT 1 FROM attributions
        WHERE attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
    );

CREATE VIEW schema_notes (kind, name, column_name, note, null_means) AS
-- What every table, view and column means: a row each.
VALUES
('view', 'quote_attributions', NULL, 'A row for each outermost quote and each of its asserted speakers; a quote without one has one row, with NULLs. Rejected quotes and nested ones are not here. A quote of two speakers has two rows: count(DISTINCT quote_id)', NULL),
('view', 'quote_attributions', 'speaker', 'who said it, by the name that stands for all their names; somebody who is asserted, not a mere candidate', 'nobody is named, or it is open who is meant (quote_candidates)'),
('view', 'quote_attributions', 'role', 'the capacity in which somebody speaks, for reading: title, organization, and former, incoming or sought', 'the article states none'),
('view', 'quote_attributions', 'organization', 'the organization in the role, or the one that the speaker is', 'there is none'),
('view', 'quote_attributions', 'kind', 'direct (every word is in quotation marks, a leading article aside), mixed (some are) or indirect (none)', NULL),
('view', 'quote_attributions', 'quote', 'what was said, word for word as in the article; its pieces are joined by a space', NULL),
('view', 'quote_attributions', 'cue', 'the words that say that something is said, as in the article: said, according to …', 'there are none'),
('view', 'quote_attributions', 'source', 'the words that name who said it, as in the article: a name, a pronoun, a description', 'there are none'),
('view', 'quote_attributions', 'medium', 'how it was said, in a word: tweet, statement, interview, letter, document …', 'the text does not tell'),
('view', 'quote_attributions', 'polarity', 'affirmed, denied or declined ("declined to comment")', NULL),
('view', 'quote_attributions', 'act', 'speech (it was said) or attitude (what somebody believes, wants or fears)', NULL),
('view', 'quote_attributions', 'published_on', 'date of publication, as precise as it is known: 2018, 2018-06 or 2018-06-29', 'not known'),
('view', 'quote_attributions', 'published_month', 'month of publication, as in 2018-06', 'not known, or only the year is'),
('view', 'quote_attributions', 'publisher', 'who published the article, as the file said that was loaded', 'not known'),
('view', 'quote_attributions', 'article_title', 'headline', 'not known'),
('view', 'quote_attributions', 'article', 'what names the article: articles.slug, its id in the files that were loaded', NULL),
('view', 'quote_attributions', 'article_url', 'where the article is found', 'not known'),
('view', 'quote_attributions', 'byline', 'who wrote the article', 'not known'),
('view', 'quote_attributions', 'position', 'place in the article''s list of quotes, from 0, in the text''s order', NULL),
('view', 'quote_attributions', 'quote_start', 'offset of the first code point of the content in articles.text, from 0', NULL),
('view', 'quote_attributions', 'quote_end', 'offset after the last code point of the content in articles.text: spans are half-open, in Unicode code points', NULL),
('view', 'quote_attributions', 'speaker_slug', 'what names the speaker: speaker_summary.slug', 'the speaker is NULL'),
('view', 'quote_attributions', 'speaker_kind', 'person, organization, group ("critics") or unnamed ("a senior official")', 'the speaker is NULL'),
('view', 'quote_attributions', 'speaker_confidence', 'how sure the extraction is of the speaker, from 0 to 1', 'the speaker is NULL, or nobody computed it'),
('view', 'quote_attributions', 'role_title', 'the title in the role', 'the role is NULL'),
('view', 'quote_attributions', 'normal_title', 'the title without its party, place and abbreviation, in lower case: senator for "Sen."', 'the role is NULL'),
('view', 'quote_attributions', 'role_status', 'how this article puts the role: held, former, incoming or sought', 'the role is NULL'),
('view', 'quote_attributions', 'status', 'what people decided: extracted (nobody has looked yet), confirmed or corrected; rejected quotes are not shown', NULL),
('view', 'quote_attributions', 'confidence', 'how sure the extraction is of the quote, from 0 to 1', 'nobody computed it: the quote was added by hand, or imported'),
('view', 'quote_attributions', 'rule', 'the rule that found it; quotes/extraction/rules.py describes each', 'it was added by hand, or imported'),
('view', 'quote_attributions', 'extractor', 'version of the extraction that found it', 'it was added by hand'),
('view', 'quote_attributions', 'uid', 'what names the quote: 16 characters made from the article''s text, and the places of content and cue in it, so the same on every machine', NULL),
('view', 'quote_attributions', 'quote_id', 'number of the quote: quotes.id, and the rowid of quotes_fts', NULL),
('view', 'nested_quotes', NULL, 'A row for each quote within a quote; of several speakers, inside or outside, a row each. Rejected ones are not here', NULL),
('view', 'nested_quotes', 'speaker', 'who said it, by the name that stands for all their names; somebody who is asserted, not a mere candidate', 'nobody is named, or it is open who is meant (quote_candidates)'),
('view', 'nested_quotes', 'kind', 'direct (every word is in quotation marks, a leading article aside), mixed (some are) or indirect (none)', NULL),
('view', 'nested_quotes', 'quote', 'what was said, word for word as in the article; its pieces are joined by a space', NULL),
('view', 'nested_quotes', 'parent_speaker', 'who said the outer quote', 'nobody is named, or it is open who is meant'),
('view', 'nested_quotes', 'parent_quote', 'the whole outer quote', NULL),
('view', 'nested_quotes', 'article', 'what names the article: articles.slug, its id in the files that were loaded', NULL),
('view', 'nested_quotes', 'article_title', 'headline', 'not known'),
('view', 'nested_quotes', 'publisher', 'who published the article, as the file said that was loaded', 'not known'),
('view', 'nested_quotes', 'published_on', 'date of publication, as precise as it is known: 2018, 2018-06 or 2018-06-29', 'not known'),
('view', 'nested_quotes', 'quote_start', 'offset of the first code point of the content in articles.text, from 0', NULL),
('view', 'nested_quotes', 'quote_end', 'offset after the last code point of the content in articles.text: spans are half-open, in Unicode code points', NULL),
('view', 'nested_quotes', 'speaker_slug', 'what names the speaker: speaker_summary.slug', 'the speaker is NULL'),
('view', 'nested_quotes', 'parent_speaker_slug', 'what names who said the outer quote: speaker_summary.slug', 'parent_speaker is NULL'),
('view', 'nested_quotes', 'status', 'what people decided: extracted (nobody has looked yet), confirmed or corrected; rejected quotes are not shown', NULL),
('view', 'nested_quotes', 'uid', 'what names the quote: 16 characters made from the article''s text, and the places of content and cue in it, so the same on every machine', NULL),
('view', 'nested_quotes', 'parent_uid', 'the uid of the outer quote', NULL),
('view', 'nested_quotes', 'quote_id', 'number of the quote: quotes.id, and the rowid of quotes_fts', NULL),
('view', 'quotes_about', NULL, 'A row for each place where an outermost quote names somebody, and each asserted speaker of the quote', NULL),
('view', 'quotes_about', 'about', 'who is named, by the fullest name in the article', NULL),
('view', 'quotes_about', 'words', 'the words of the quote that name them', NULL),
('view', 'quotes_about', 'speaker', 'who said it, by the name that stands for all their names; somebody who is asserted, not a mere candidate', 'nobody is named, or it is open who is meant (quote_candidates)'),
('view', 'quotes_about', 'kind', 'direct (every word is in quotation marks, a leading article aside), mixed (some are) or indirect (none)', NULL),
('view', 'quotes_about', 'quote', 'what was said, word for word as in the article; its pieces are joined by a space', NULL),
('view', 'quotes_about', 'act', 'speech (it was said) or attitude (what somebody believes, wants or fears)', NULL),
('view', 'quotes_about', 'article', 'what names the article: articles.slug, its id in the files that were loaded', NULL),
('view', 'quotes_about', 'article_title', 'headline', 'not known'),
('view', 'quotes_about', 'publisher', 'who published the article, as the file said that was loaded', 'not known'),
('view', 'quotes_about', 'published_on', 'date of publication, as precise as it is known: 2018, 2018-06 or 2018-06-29', 'not known'),
('view', 'quotes_about', 'about_slug', 'what names them, where they are quoted somewhere and the name is one speaker''s alone; a single word counts only where the article itself uses it for a speaker: speaker_summary.slug', 'they are not known as a speaker, or several bear the name'),
('view', 'quotes_about', 'speaker_slug', 'what names the speaker: speaker_summary.slug', 'the speaker is NULL'),
('view', 'quotes_about', 'mention_start', 'offset of the first code point in articles.text, from 0', NULL),
('view', 'quotes_about', 'mention_end', 'offset after the last code point in articles.text: half-open, in Unicode code points', NULL),
('view', 'quotes_about', 'status', 'what people decided: extracted (nobody has looked yet), confirmed or corrected; rejected quotes are not shown', NULL),
('view', 'quotes_about', 'uid', 'what names the quote: 16 characters made from the article''s text, and the places of content and cue in it, so the same on every machine', NULL),
('view', 'quotes_about', 'quote_id', 'number of the quote: quotes.id, and the rowid of quotes_fts', NULL),
('view', 'quote_candidates', NULL, 'A row for each outermost quote whose speaker is open, and each speaker who may be meant; nobody is asserted for these', NULL),
('view', 'quote_candidates', 'candidate', 'who may have said it', NULL),
('view', 'quote_candidates', 'candidate_confidence', 'how sure the extraction is, from 0 to 1', 'nobody computed it'),
('view', 'quote_candidates', 'source', 'the words that name who said it, as in the article: a name, a pronoun, a description', 'there are none'),
('view', 'quote_candidates', 'kind', 'direct (every word is in quotation marks, a leading article aside), mixed (some are) or indirect (none)', NULL),
('view', 'quote_candidates', 'quote', 'what was said, word for word as in the article; its pieces are joined by a space', NULL),
('view', 'quote_candidates', 'act', 'speech (it was said) or attitude (what somebody believes, wants or fears)', NULL),
('view', 'quote_candidates', 'article', 'what names the article: articles.slug, its id in the files that were loaded', NULL),
('view', 'quote_candidates', 'article_title', 'headline', 'not known'),
('view', 'quote_candidates', 'publisher', 'who published the article, as the file said that was loaded', 'not known'),
('view', 'quote_candidates', 'published_on', 'date of publication, as precise as it is known: 2018, 2018-06 or 2018-06-29', 'not known'),
('view', 'quote_candidates', 'quote_start', 'offset of the first code point of the content in articles.text, from 0', NULL),
('view', 'quote_candidates', 'quote_end', 'offset after the last code point of the content in articles.text: spans are half-open, in Unicode code points', NULL),
('view', 'quote_candidates', 'candidate_slug', 'what names the candidate: speaker_summary.slug', NULL),
('view', 'quote_candidates', 'candidate_kind', 'person, organization, group or unnamed', NULL),
('view', 'quote_candidates', 'status', 'what people decided: extracted (nobody has looked yet), confirmed or corrected; rejected quotes are not shown', NULL),
('view', 'quote_candidates', 'uid', 'what names the quote: 16 characters made from the article''s text, and the places of content and cue in it, so the same on every machine', NULL),
('view', 'quote_candidates', 'quote_id', 'number of the quote: quotes.id, and the rowid of quotes_fts', NULL),
('view', 'speaker_roles', NULL, 'A row for each place where an article states a role of somebody; a role without such a place (added by hand) has one row', NULL),
('view', 'speaker_roles', 'speaker', 'whose role it is, by the name that stands for all their names', NULL),
('view', 'speaker_roles', 'role', 'the role as this article puts it, for reading: title, organization, and former, incoming or sought', NULL),
('view', 'speaker_roles', 'status', 'how the article puts it: held, former, incoming or sought', 'no article states it'),
('view', 'speaker_roles', 'words', 'the words that state it', 'no article states it'),
('view', 'speaker_roles', 'article', 'what names the article: articles.slug', 'no article states it'),
('view', 'speaker_roles', 'article_title', 'headline', 'not known, or no article states the role'),
('view', 'speaker_roles', 'publisher', 'who published the article', 'not known, or no article states the role'),
('view', 'speaker_roles', 'published_on', 'date of publication: 2018, 2018-06 or 2018-06-29', 'not known, or no article states the role'),
('view', 'speaker_roles', 'started_on', 'when the role began, as an article says: 2018, 2018-06 or 2018-06-29', 'not known'),
('view', 'speaker_roles', 'ended_on', 'when the role ended: 2018, 2018-06 or 2018-06-29', 'not known, or it is still held'),
('view', 'speaker_roles', 'title', 'the title in the role, in the words of one of the articles', NULL),
('view', 'speaker_roles', 'normal_title', 'the title without its party, place and abbreviation, in lower case: senator for "Sen."', NULL),
('view', 'speaker_roles', 'organization', 'the organization in the role', 'the role has none'),
('view', 'speaker_roles', 'speaker_slug', 'what names the speaker: speaker_summary.slug', NULL),
('view', 'speaker_roles', 'speaker_kind', 'person, organization, group or unnamed', NULL),
('view', 'speaker_roles', 'mention_start', 'offset of the first code point of the words in articles.text, from 0', 'no article states it'),
('view', 'speaker_roles', 'mention_end', 'offset after their last code point: half-open, in Unicode code points', 'no article states it'),
('view', 'speaker_summary', NULL, 'A row for each speaker, under all their names. Counted are outermost quotes of the act speech that nobody rejected', NULL),
('view', 'speaker_summary', 'name', 'the name that stands for all', NULL),
('view', 'speaker_summary', 'kind', 'person, organization, group ("critics") or unnamed ("a senior official"); the last two are descriptions, not one known body', NULL),
('view', 'speaker_summary', 'quotes', 'number of quotes', NULL),
('view', 'speaker_summary', 'direct', 'of these, those of the kind direct', NULL),
('view', 'speaker_summary', 'mixed', 'of these, those of the kind mixed', NULL),
('view', 'speaker_summary', 'indirect', 'of these, those of the kind indirect', NULL),
('view', 'speaker_summary', 'articles', 'number of articles that quote them', NULL),
('view', 'speaker_summary', 'publishers', 'number of publishers that quote them; articles of an unknown one do not count', NULL),
('view', 'speaker_summary', 'first_on', 'date of the first article that quotes them: 2018, 2018-06 or 2018-06-29', 'no date is known, or no quote counts'),
('view', 'speaker_summary', 'last_on', 'date of the last article that quotes them', 'no date is known, or no quote counts'),
('view', 'speaker_summary', 'roles', 'their roles as articles put them, joined by "; "', 'no article states one'),
('view', 'speaker_summary', 'names', 'every name that articles use for them, joined by "; "', 'none is known'),
('view', 'speaker_summary', 'slug', 'what names the speaker, here and in `quotes speaker`', NULL),
('view', 'speaker_summary', 'wikidata_id', 'Q-number in Wikidata, given by hand', 'nobody gave it'),
('view', 'article_summary', NULL, 'A row for each article, without its text. Counted are outermost quotes of the act speech that nobody rejected', NULL),
('view', 'article_summary', 'title', 'headline', 'not known'),
('view', 'article_summary', 'publisher', 'who published the article, as the file said that was loaded', 'not known'),
('view', 'article_summary', 'published_on', 'date of publication, as precise as it is known: 2018, 2018-06 or 2018-06-29', 'not known'),
('view', 'article_summary', 'published_month', 'month of publication, as in 2018-06', 'not known, or only the year is'),
('view', 'article_summary', 'quotes', 'number of quotes', NULL),
('view', 'article_summary', 'direct', 'of these, those of the kind direct', NULL),
('view', 'article_summary', 'mixed', 'of these, those of the kind mixed', NULL),
('view', 'article_summary', 'indirect', 'of these, those of the kind indirect', NULL),
('view', 'article_summary', 'speakers', 'number of different speakers who are asserted', NULL),
('view', 'article_summary', 'unnamed_speakers', 'of these, those of the kind unnamed', NULL),
('view', 'article_summary', 'unattributed', 'number of quotes without an asserted speaker', NULL),
('view', 'article_summary', 'byline', 'who wrote the article', 'not known'),
('view', 'article_summary', 'url', 'where the article is found', 'not known'),
('view', 'article_summary', 'language', 'code of the language, as the file said that was loaded', 'not known'),
('view', 'article_summary', 'article', 'what names the article: articles.slug, its id in the files that were loaded', NULL),
('view', 'schema_notes', NULL, 'A row for each table, view and column: what it means', NULL),
('view', 'schema_notes', 'kind', 'table or view', NULL),
('view', 'schema_notes', 'name', 'the table or view', NULL),
('view', 'schema_notes', 'column_name', 'the column', 'the row is about the table or view itself'),
('view', 'schema_notes', 'note', 'what it means', NULL),
('view', 'schema_notes', 'null_means', 'what it means that a value is NULL', 'the column is never NULL, or the row is about no column'),
('table', 'articles', NULL, 'A row for each text with its metadata; the text is never altered after loading', NULL),
('table', 'articles', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'articles', 'slug', 'what names the article: its id in the files that were loaded', NULL),
('table', 'articles', 'title', 'headline', 'not known'),
('table', 'articles', 'publisher', 'who published the article, as the file said that was loaded', 'not known'),
('table', 'articles', 'byline', 'who wrote the article', 'not known'),
('table', 'articles', 'url', 'where the article is found', 'not known'),
('table', 'articles', 'published_on', 'date of publication, as precise as it is known: 2018, 2018-06 or 2018-06-29', 'not known'),
('table', 'articles', 'language', 'code of the language, as the file said that was loaded', 'not known'),
('table', 'articles', 'text', 'the text, in which all offsets count', NULL),
('table', 'articles', 'text_sha256', 'SHA-256 of the text in UTF-8, in hexadecimal', NULL),
('table', 'articles', 'loaded_at', 'when it was loaded first: UTC, as in 2026-01-31T12:00:00Z', NULL),
('table', 'articles', 'extractor', 'version of the extraction that read it last', 'its quotes were annotated by people'),
('table', 'speakers', NULL, 'A row for each name under which articles know somebody to whom words are or were attributed; speaker_summary has a row for each somebody', NULL),
('table', 'speakers', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'speakers', 'slug', 'what names the row', NULL),
('table', 'speakers', 'name', 'the fullest name', NULL),
('table', 'speakers', 'kind', 'person, organization, group or unnamed', NULL),
('table', 'speakers', 'organization_id', 'the organization that this speaker is: organizations.id', 'the speaker is no organization'),
('table', 'speakers', 'wikidata_id', 'Q-number in Wikidata, given by hand', 'nobody gave it'),
('table', 'speakers', 'folded', 'the name without case, accents and punctuation, under which it is looked up', NULL),
('table', 'speakers', 'qualifier', 'what tells this row from others of the same name and kind: senator, female, sport …', 'nothing has to'),
('table', 'speakers', 'family_name', 'the family name, folded', 'no person, or not known'),
('table', 'speakers', 'given_name', 'the given name, folded', 'no person, or not known'),
('table', 'speakers', 'canonical_id', 'the row that stands for this somebody, itself or another: speakers.id', NULL),
('table', 'speaker_names', NULL, 'A row for each name under which texts refer to a speaker', NULL),
('table', 'speaker_names', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'speaker_names', 'speaker_id', 'speakers.id', NULL),
('table', 'speaker_names', 'name', 'the name as written', NULL),
('table', 'speaker_names', 'folded', 'the name without case, accents and punctuation, under which it is looked up', NULL),
('table', 'name_mentions', NULL, 'A row for each article that refers to a speaker by a name', NULL),
('table', 'name_mentions', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'name_mentions', 'name_id', 'speaker_names.id', NULL),
('table', 'name_mentions', 'article_id', 'the article: articles.id', NULL),
('table', 'organizations', NULL, 'A row for each body that speaks, or that somebody speaks for', NULL),
('table', 'organizations', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'organizations', 'slug', 'what names it', NULL),
('table', 'organizations', 'name', 'its name', NULL),
('table', 'roles', NULL, 'A row for each capacity in which somebody speaks, in the words of an article', NULL),
('table', 'roles', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'roles', 'speaker_id', 'the speaker, under the name that the article uses: speakers.id', NULL),
('table', 'roles', 'title', 'the title as written', NULL),
('table', 'roles', 'organization_id', 'organizations.id', 'the role has none'),
('table', 'roles', 'started_on', 'when the role began, as an article says: 2018, 2018-06 or 2018-06-29', 'not known'),
('table', 'roles', 'ended_on', 'when the role ended: 2018, 2018-06 or 2018-06-29', 'not known, or it is still held'),
('table', 'roles', 'normal', 'the title without its party, place and abbreviation, in lower case', NULL),
('table', 'roles', 'canonical_id', 'the row that stands for this role in all its words, itself or another: roles.id', NULL),
('table', 'role_mentions', NULL, 'A row for each place where an article states a role', NULL),
('table', 'role_mentions', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'role_mentions', 'role_id', 'roles.id', NULL),
('table', 'role_mentions', 'article_id', 'the article: articles.id', NULL),
('table', 'role_mentions', 'mention_start', 'offset of the first code point in articles.text, from 0', NULL),
('table', 'role_mentions', 'mention_end', 'offset after the last code point in articles.text: half-open, in Unicode code points', NULL),
('table', 'role_mentions', 'status', 'how the article puts it: held, former, incoming or sought', NULL),
('table', 'quotes', NULL, 'A row for each quote: content, cue and source; nested and rejected ones too', NULL),
('table', 'quotes', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'quotes', 'uid', 'what names the quote: 16 characters made from the article''s text, and the places of content and cue in it, so the same on every machine', NULL),
('table', 'quotes', 'article_id', 'the article: articles.id', NULL),
('table', 'quotes', 'position', 'place in the article''s list, from 0, in the text''s order; a nested quote follows its parent', NULL),
('table', 'quotes', 'kind', 'direct (every word is in quotation marks, a leading article aside), mixed (some are) or indirect (none)', NULL),
('table', 'quotes', 'text', 'what was said, word for word as in the article; its pieces are joined by a space', NULL),
('table', 'quotes', 'quote_start', 'offset of the first code point of the content in articles.text, from 0', NULL),
('table', 'quotes', 'quote_end', 'offset after the last code point of the content in articles.text: spans are half-open, in Unicode code points', NULL),
('table', 'quotes', 'cue_start', 'offset of the first code point of the cue in articles.text, from 0', 'there is no cue'),
('table', 'quotes', 'cue_end', 'offset after its last code point: half-open, in Unicode code points', 'there is no cue'),
('table', 'quotes', 'source_start', 'offset of the first code point of the source in articles.text, from 0', 'there is no source'),
('table', 'quotes', 'source_end', 'offset after its last code point: half-open, in Unicode code points', 'there is no source'),
('table', 'quotes', 'act', 'speech (it was said) or attitude (what somebody believes, wants or fears)', NULL),
('table', 'quotes', 'polarity', 'affirmed, denied or declined ("declined to comment")', NULL),
('table', 'quotes', 'medium', 'how it was said, in a word: tweet, statement, interview, letter, document …', 'the text does not tell'),
('table', 'quotes', 'parent_id', 'the quote that this one is in: quotes.id', 'it is in none'),
('table', 'quotes', 'continues_id', 'the quote that this one goes on from, after a paragraph''s end: quotes.id', 'it goes on from none'),
('table', 'quotes', 'rule', 'the rule that found it; quotes/extraction/rules.py describes each', 'it was added by hand, or imported'),
('table', 'quotes', 'confidence', 'how sure the extraction is of the quote, from 0 to 1', 'nobody computed it: the quote was added by hand, or imported'),
('table', 'quotes', 'status', 'what people decided: extracted (nobody has looked yet), confirmed, corrected or rejected', NULL),
('table', 'quotes', 'extractor', 'version of the extraction that found it', 'it was added by hand'),
('table', 'quote_spans', NULL, 'A row for each piece of a quote''s content: one that is interrupted by "he said" has two', NULL),
('table', 'quote_spans', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'quote_spans', 'quote_id', 'quotes.id', NULL),
('table', 'quote_spans', 'position', 'place among the pieces, from 0', NULL),
('table', 'quote_spans', 'span_start', 'offset of the first code point in articles.text, from 0', NULL),
('table', 'quote_spans', 'span_end', 'offset after the last code point in articles.text: half-open, in Unicode code points', NULL),
('table', 'quote_mentions', NULL, 'A row for each place where a quote names somebody, speaker or not', NULL),
('table', 'quote_mentions', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'quote_mentions', 'quote_id', 'quotes.id', NULL),
('table', 'quote_mentions', 'mention_start', 'offset of the first code point in articles.text, from 0', NULL),
('table', 'quote_mentions', 'mention_end', 'offset after the last code point in articles.text: half-open, in Unicode code points', NULL),
('table', 'quote_mentions', 'name', 'the fullest name in the article', NULL),
('table', 'quote_mentions', 'folded', 'the name without case, accents and punctuation, under which it is looked up', NULL),
('table', 'attributions', NULL, 'A row for each quote and somebody to whom it is attributed', NULL),
('table', 'attributions', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'attributions', 'quote_id', 'quotes.id', NULL),
('table', 'attributions', 'speaker_id', 'the speaker, under the name that the article uses: speakers.id', NULL),
('table', 'attributions', 'role_id', 'the role in which they spoke: roles.id', 'the article states none'),
('table', 'attributions', 'position', 'place among the speakers of the quote, from 0', NULL),
('table', 'attributions', 'standing', 'asserted, or candidate where it is open who is meant', NULL),
('table', 'attributions', 'confidence', 'how sure the extraction is of the speaker, from 0 to 1', 'nobody computed it'),
('table', 'reviews', NULL, 'A row for each decision of a person on a quote; none is ever changed', NULL),
('table', 'reviews', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'reviews', 'quote_id', 'quotes.id', NULL),
('table', 'reviews', 'decision', 'added, confirmed, corrected, rejected, or undone where it takes another back', NULL),
('table', 'reviews', 'undoes_id', 'the decision that it takes back: reviews.id', 'it takes none back'),
('table', 'reviews', 'reviewer', 'who decided', NULL),
('table', 'reviews', 'reviewed_at', 'when: UTC, as in 2026-01-31T12:00:00Z', NULL),
('table', 'reviews', 'note', 'what the person wrote about it', 'nothing'),
('table', 'reviews', 'before', 'what was there before, as JSON', 'nothing was'),
('table', 'judgements', NULL, 'A row for each decision of a person that two speakers are one or two; none is ever changed', NULL),
('table', 'judgements', 'id', 'number of the row; it says nothing outside this database', NULL),
('table', 'judgements', 'speaker_id', 'one of the two: speakers.id', NULL),
('table', 'judgements', 'other_id', 'the other: speakers.id', NULL),
('table', 'judgements', 'verdict', 'same or different', NULL),
('table', 'judgements', 'undoes_id', 'the judgement that it takes back; then it says nothing else: judgements.id', 'it takes none back'),
('table', 'judgements', 'judged_by', 'who decided', NULL),
('table', 'judgements', 'judged_at', 'when: UTC, as in 2026-01-31T12:00:00Z', NULL),
('table', 'judgements', 'note', 'what the person wrote about it', 'nothing'),
('table', 'quotes_fts', NULL, 'The full-text index (FTS5, English stems, accents folded): WHERE quotes_fts MATCH ''vote*'' ORDER BY rank; its rowid is quote_id', NULL),
('table', 'quotes_fts', 'text', 'what was said: quotes.text', NULL);

CREATE VIEW speaker_roles AS
-- A row for each statement of a role in an article. Every column: SELECT * FROM schema_notes WHERE name = 'speaker_roles'.
SELECT
    speakers.name AS speaker,
    roles.title
        || CASE WHEN role_organizations.name IS NULL THEN '' WHEN instr(roles.title, ' of ') = 0 AND instr(roles.title, ' to ') = 0 AND instr(roles.title, ' for ') = 0 AND instr(roles.title, ' at ') = 0 AND instr(roles.title, ' in ') = 0 AND instr(roles.title, ' on ') = 0 AND instr(roles.title, ' from ') = 0
            THEN CASE WHEN substr(substr(roles.title, length(rtrim(roles.title, replace(roles.title, ' ', ''))) + 1), 1, 6) = 'spokes' THEN ' for ' ELSE ' of ' END ELSE ', ' END
        || coalesce(role_organizations.name, '')
        || coalesce(', ' || nullif(role_mentions.status, 'held'), '') AS role,
    role_mentions.status,
    substr(articles.text, role_mentions.mention_start + 1, role_mentions.mention_end - role_mentions.mention_start) AS words,
    articles.slug AS article, articles.title AS article_title, articles.publisher, articles.published_on,
    roles.started_on, roles.ended_on, roles.title, roles.normal AS normal_title,
    role_organizations.name AS organization, speakers.slug AS speaker_slug, speakers.kind AS speaker_kind,
    role_mentions.mention_start, role_mentions.mention_end
FROM roles AS spoken
JOIN roles ON roles.id = spoken.canonical_id
JOIN speakers AS named ON named.id = spoken.speaker_id
JOIN speakers ON speakers.id = named.canonical_id
LEFT JOIN organizations AS role_organizations ON role_organizations.id = roles.organization_id
LEFT JOIN role_mentions ON role_mentions.role_id = spoken.id
LEFT JOIN articles ON articles.id = role_mentions.article_id;

CREATE VIEW speaker_summary AS
-- A row for each speaker, under all names. Every column: SELECT * FROM schema_notes WHERE name = 'speaker_summary'.
SELECT
    speakers.name, speakers.kind,
    count(DISTINCT quotes.id) AS quotes,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'direct') AS direct,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'mixed') AS mixed,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'indirect') AS indirect,
    count(DISTINCT quotes.article_id) AS articles,
    count(DISTINCT articles.publisher) AS publishers,
    min(articles.published_on) AS first_on, max(articles.published_on) AS last_on,
    (
        SELECT group_concat(role, '; ') FROM (
            SELECT DISTINCT role FROM speaker_roles WHERE speaker_slug = speakers.slug ORDER BY role
        )
    ) AS roles,
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT DISTINCT speaker_names.name
            FROM speakers AS named JOIN speaker_names ON speaker_names.speaker_id = named.id
            WHERE named.canonical_id = speakers.id ORDER BY speaker_names.name
        )
    ) AS names,
    speakers.slug, speakers.wikidata_id
FROM speakers
JOIN speakers AS named ON named.canonical_id = speakers.id
LEFT JOIN attributions ON attributions.speaker_id = named.id AND attributions.standing = 'asserted'
LEFT JOIN quotes ON quotes.id = attributions.quote_id
    AND quotes.parent_id IS NULL AND quotes.status <> 'rejected' AND quotes.act = 'speech'
LEFT JOIN articles ON articles.id = quotes.article_id
WHERE speakers.canonical_id = speakers.id
GROUP BY speakers.slug, speakers.id, speakers.name, speakers.kind, speakers.wikidata_id;

