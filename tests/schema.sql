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

CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews BEGIN
    SELECT RAISE(ABORT, 'reviews are append-only');
END;

CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews BEGIN
    SELECT RAISE(ABORT, 'reviews are append-only');
END;

CREATE VIEW nested_quotes AS
SELECT
    quotes.id AS quote_id, quotes.uid, parents.uid AS parent_uid, quotes.kind, quotes.text AS quote,
    speakers.name AS speaker, speakers.slug AS speaker_slug, articles.slug AS article,
    quotes.quote_start, quotes.quote_end, quotes.status
FROM quotes
JOIN quotes AS parents ON parents.id = quotes.parent_id
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN attributions ON attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
LEFT JOIN speakers AS named ON named.id = attributions.speaker_id
LEFT JOIN speakers ON speakers.id = named.canonical_id
WHERE quotes.status <> 'rejected' AND parents.status <> 'rejected';

CREATE VIEW quote_attributions AS
SELECT
    quotes.id AS quote_id, quotes.uid, quotes.position, quotes.kind, quotes.act, quotes.polarity, quotes.medium,
    quotes.text AS quote,
    speakers.name AS speaker, speakers.slug AS speaker_slug, speakers.kind AS speaker_kind,
    roles.title
        || CASE WHEN role_organizations.name IS NULL THEN '' WHEN instr(roles.title, ' of ') = 0 AND instr(roles.title, ' to ') = 0 AND instr(roles.title, ' for ') = 0 AND instr(roles.title, ' at ') = 0 AND instr(roles.title, ' in ') = 0 AND instr(roles.title, ' on ') = 0 AND instr(roles.title, ' from ') = 0
            THEN CASE WHEN substr(substr(roles.title, length(rtrim(roles.title, replace(roles.title, ' ', ''))) + 1), 1, 6) = 'spokes' THEN ' for ' ELSE ' of ' END ELSE ', ' END
        || coalesce(role_organizations.name, '')
        || coalesce(', ' || nullif((
        SELECT role_mentions.status FROM role_mentions
        WHERE role_mentions.role_id = attributions.role_id AND role_mentions.article_id = quotes.article_id
        ORDER BY role_mentions.mention_start LIMIT 1
    ), 'held'), '') AS role,
    roles.title AS role_title, roles.normal AS normal_title, coalesce(role_organizations.name, organizations.name) AS organization,
    substr(articles.text, quotes.cue_start + 1, quotes.cue_end - quotes.cue_start) AS cue,
    substr(articles.text, quotes.source_start + 1, quotes.source_end - quotes.source_start) AS source,
    articles.slug AS article, articles.title AS article_title, articles.publisher, articles.published_on,
    quotes.quote_start, quotes.quote_end, quotes.rule, quotes.confidence, quotes.status, quotes.extractor
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
    quotes.id AS quote_id, quotes.uid, quotes.position, quotes.kind, quotes.act, quotes.polarity, quotes.medium,
    quotes.text AS quote,
    NULL AS speaker, NULL AS speaker_slug, NULL AS speaker_kind, NULL AS role, NULL AS role_title, NULL AS normal_title,
    NULL AS organization,
    substr(articles.text, quotes.cue_start + 1, quotes.cue_end - quotes.cue_start) AS cue,
    substr(articles.text, quotes.source_start + 1, quotes.source_end - quotes.source_start) AS source,
    articles.slug AS article, articles.title AS article_title, articles.publisher, articles.published_on,
    quotes.quote_start, quotes.quote_end, quotes.rule, quotes.confidence, quotes.status, quotes.extractor
FROM quotes
JOIN articles ON articles.id = quotes.article_id
WHERE quotes.parent_id IS NULL AND quotes.status <> 'rejected'
    AND NOT EXISTS (
        SELECT 1 FROM attributions
        WHERE attributions.quote_id = quotes.id AND attributions.standing = 'asserted'
    );

CREATE VIEW quotes_about AS
SELECT
    quotes.id AS quote_id, quotes.uid, quote_mentions.name AS about,
    substr(articles.text, quote_mentions.mention_start + 1, quote_mentions.mention_end - quote_mentions.mention_start) AS words,
    quotes.text AS quote, articles.slug AS article, articles.published_on,
    quote_mentions.mention_start, quote_mentions.mention_end
FROM quote_mentions
JOIN quotes ON quotes.id = quote_mentions.quote_id
JOIN articles ON articles.id = quotes.article_id
WHERE quotes.status <> 'rejected';

CREATE VIEW speaker_roles AS
SELECT
    speakers.name AS speaker, speakers.slug AS speaker_slug,
    roles.title
        || CASE WHEN role_organizations.name IS NULL THEN '' WHEN instr(roles.title, ' of ') = 0 AND instr(roles.title, ' to ') = 0 AND instr(roles.title, ' for ') = 0 AND instr(roles.title, ' at ') = 0 AND instr(roles.title, ' in ') = 0 AND instr(roles.title, ' on ') = 0 AND instr(roles.title, ' from ') = 0
            THEN CASE WHEN substr(substr(roles.title, length(rtrim(roles.title, replace(roles.title, ' ', ''))) + 1), 1, 6) = 'spokes' THEN ' for ' ELSE ' of ' END ELSE ', ' END
        || coalesce(role_organizations.name, '')
        || coalesce(', ' || nullif(role_mentions.status, 'held'), '') AS role,
    roles.title, roles.normal AS normal_title, role_organizations.name AS organization, role_mentions.status,
    substr(articles.text, role_mentions.mention_start + 1, role_mentions.mention_end - role_mentions.mention_start) AS words,
    articles.slug AS article, articles.published_on, roles.started_on, roles.ended_on
FROM roles AS spoken
JOIN roles ON roles.id = spoken.canonical_id
JOIN speakers AS named ON named.id = spoken.speaker_id
JOIN speakers ON speakers.id = named.canonical_id
LEFT JOIN organizations AS role_organizations ON role_organizations.id = roles.organization_id
LEFT JOIN role_mentions ON role_mentions.role_id = spoken.id
LEFT JOIN articles ON articles.id = role_mentions.article_id;

CREATE VIEW speaker_summary AS
SELECT
    speakers.name, speakers.slug, speakers.kind,
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT DISTINCT speaker_names.name
            FROM speakers AS named JOIN speaker_names ON speaker_names.speaker_id = named.id
            WHERE named.canonical_id = speakers.id ORDER BY speaker_names.name
        )
    ) AS names,
    count(DISTINCT quotes.id) AS quotes,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'direct') AS direct,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'mixed') AS mixed,
    count(DISTINCT quotes.id) FILTER (WHERE quotes.kind = 'indirect') AS indirect,
    count(DISTINCT quotes.article_id) AS articles,
    min(articles.published_on) AS first_on, max(articles.published_on) AS last_on,
    (
        SELECT group_concat(role, '; ') FROM (
            SELECT DISTINCT role FROM speaker_roles WHERE speaker_slug = speakers.slug ORDER BY role
        )
    ) AS roles
FROM speakers
JOIN speakers AS named ON named.canonical_id = speakers.id
LEFT JOIN attributions ON attributions.speaker_id = named.id AND attributions.standing = 'asserted'
LEFT JOIN quotes ON quotes.id = attributions.quote_id
    AND quotes.parent_id IS NULL AND quotes.status <> 'rejected' AND quotes.act = 'speech'
LEFT JOIN articles ON articles.id = quotes.article_id
WHERE speakers.canonical_id = speakers.id
GROUP BY speakers.slug, speakers.id, speakers.name, speakers.kind;

