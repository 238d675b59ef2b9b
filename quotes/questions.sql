-- The questions that people ask most: the README shows them, and Datasette has them as queries.
-- A parameter that is empty stands for all, but for :words. Attitudes (what somebody wants or fears) do not count.

-- quoted-most: Who is quoted most, month by month, and how much of it in their own words?
SELECT published_month, speaker, count(DISTINCT quote_id) AS quotes,
    100 * count(DISTINCT CASE WHEN kind = 'direct' THEN quote_id END) / count(DISTINCT quote_id) AS percent_direct
FROM quote_attributions
WHERE act = 'speech' AND speaker IS NOT NULL
GROUP BY published_month, speaker_slug, speaker
ORDER BY published_month DESC, quotes DESC, speaker;

-- one-publisher: Whom does one publisher quote, and nobody else?
SELECT speaker, speaker_kind, min(publisher) AS publisher, count(DISTINCT quote_id) AS quotes
FROM quote_attributions
WHERE act = 'speech' AND speaker_kind IN ('person', 'organization')
GROUP BY speaker_slug, speaker, speaker_kind
HAVING count(DISTINCT publisher) = 1 AND count(publisher) = count(*)
ORDER BY publisher, quotes DESC, speaker;

-- who-about-whom: Who talks about whom?
SELECT speaker, coalesce((SELECT name FROM speakers WHERE slug = about_slug), min(about)) AS about,
    count(DISTINCT quote_id) AS quotes, min(quote) AS for_example
FROM quotes_about
WHERE act = 'speech' AND speaker IS NOT NULL AND coalesce(about_slug, about) IN (
    SELECT coalesce(about_slug, about) FROM quotes_about WHERE about LIKE '%' || :about || '%'
)
GROUP BY speaker_slug, speaker, coalesce(about_slug, about)
ORDER BY quotes DESC, speaker, 2;

-- speaking-for: Who speaks for an organization, as what, and when?
SELECT organization, speaker, role, count(DISTINCT quote_id) AS quotes,
    min(published_on) AS first_on, max(published_on) AS last_on
FROM quote_attributions
WHERE act = 'speech' AND organization LIKE '%' || :organization || '%'
GROUP BY organization, speaker_slug, speaker, role
ORDER BY organization, quotes DESC, speaker;

-- roles-over-time: Since when does who hold which role, and when is it called a former one?
SELECT speaker, title, organization, status, count(DISTINCT article) AS articles,
    min(published_on) AS first_on, max(published_on) AS last_on
FROM speaker_roles
WHERE article IS NOT NULL AND speaker LIKE '%' || :speaker || '%'
GROUP BY speaker_slug, speaker, title, organization, status
ORDER BY speaker, first_on, title;

-- unnamed-sources: Which sources without a name are quoted most, and by whom?
SELECT publisher, lower(coalesce(speaker, source)) AS unnamed, count(DISTINCT quote_id) AS quotes,
    count(DISTINCT article) AS articles
FROM quote_attributions
WHERE act = 'speech' AND (speaker_kind = 'unnamed' OR speaker IS NULL AND source LIKE '% %')
GROUP BY publisher, lower(coalesce(speaker, source))
ORDER BY quotes DESC, publisher, unnamed;

-- denials: Who denies what, and who declines to say anything?
SELECT published_on, speaker, role, polarity, cue, quote, article
FROM quote_attributions
WHERE polarity <> 'affirmed' AND coalesce(speaker, '') LIKE '%' || :speaker || '%'
ORDER BY published_on, article, position;

-- words-in-context: Who said these words, and what stands around them?
SELECT published_on, speaker, role, quote,
    (
        SELECT substr(text, max(quote_start - 120, 0) + 1, quote_end + 120 - max(quote_start - 120, 0))
        FROM articles WHERE slug = article
    ) AS around
FROM quote_attributions
WHERE quote_id IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH :words)
    AND coalesce(speaker, '') LIKE '%' || :speaker || '%'
ORDER BY published_on DESC, article, position;

-- open-speakers: Whose words are open, and who may be meant?
SELECT article, source, quote, group_concat(candidate, ' or ') AS candidates
FROM quote_candidates
GROUP BY quote_id, article, source, quote
ORDER BY article, quote_id;

-- most-sources: Which articles have the most sources, and how many of them without a name?
SELECT published_on, publisher, title, speakers, unnamed_speakers, unattributed, quotes, url
FROM article_summary
WHERE coalesce(publisher, '') LIKE '%' || :publisher || '%'
ORDER BY speakers DESC, quotes DESC, article;
