CREATE INDEX ix_articles_fetched_at ON articles (fetched_at)
CREATE INDEX ix_articles_story_id ON articles (story_id)
CREATE INDEX ix_entities_n_articles ON entities (n_articles)
CREATE INDEX ix_event_entities_entity_id_standing ON event_entities (entity_id, standing, event_id)
CREATE INDEX ix_event_entities_event_id ON event_entities (event_id)
CREATE INDEX ix_events_n_articles ON events (n_articles)
CREATE INDEX ix_events_story_id ON events (story_id)
CREATE INDEX ix_feedback_article_id ON feedback (article_id)
CREATE INDEX ix_feedback_other_story_id ON feedback (other_story_id)
CREATE INDEX ix_feedback_story_id ON feedback (story_id)
CREATE INDEX ix_feeds_status_next_poll_at ON feeds (status, next_poll_at)
CREATE INDEX ix_heads_stale ON heads (edited_at) WHERE n_changes > n_shown
CREATE INDEX ix_notice_troubles_notice_id ON notice_troubles (notice_id)
CREATE INDEX ix_notices_created_at ON notices (created_at)
CREATE INDEX ix_notices_open ON notices (channel, id) WHERE state <> 'sent' AND state <> 'failed' AND state <> 'withdrawn'
CREATE INDEX ix_notices_stale ON notices (channel, id) WHERE is_stale
CREATE INDEX ix_notices_told ON notices (channel, sent_at) WHERE kind = 'trouble'
CREATE INDEX ix_outbox_open ON outbox (channel, id, next_try_at, lease_until, due_at, is_digest) WHERE state <> 'sent' AND state <> 'failed' AND state <> 'withdrawn'
CREATE INDEX ix_outbox_sent ON outbox (channel, sent_at, lead_id) WHERE sent_at IS NOT NULL
CREATE INDEX ix_outbox_state_channel_id ON outbox (state, channel, id)
CREATE INDEX ix_reports_article_id_sentence ON reports (article_id, sentence)
CREATE INDEX ix_reports_event_id ON reports (event_id)
CREATE INDEX ix_saved_requests_made_at ON saved_requests (made_at)
CREATE INDEX ix_story_bonds_at ON story_bonds (at)
CREATE INDEX ix_story_linkages_at ON story_linkages (at)
CREATE INDEX ix_troubles_closed_at ON troubles (closed_at)
CREATE INDEX ix_troubles_open ON troubles (subject) WHERE closed_at IS NULL
CREATE INDEX ix_troubles_over ON troubles (subject, id) WHERE closed_at IS NOT NULL
CREATE INDEX ix_visits_asked_at ON visits (asked_at)
CREATE INDEX ix_watch_editions_until_at ON watch_editions (until_at)
CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )
CREATE TABLE article_entities ( entity_id INTEGER NOT NULL, article_id INTEGER NOT NULL, n_mentions INTEGER NOT NULL, CONSTRAINT pk_article_entities PRIMARY KEY (entity_id, article_id) ) WITHOUT ROWID
CREATE TABLE article_revisions ( article_id INTEGER NOT NULL, revision INTEGER NOT NULL, replaced_at BIGINT NOT NULL, published_at BIGINT, url TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, CONSTRAINT pk_article_revisions PRIMARY KEY (article_id, revision), CONSTRAINT fk_article_revisions_article_id FOREIGN KEY(article_id) REFERENCES articles (id) )
CREATE TABLE articles ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, story_id INTEGER, label TEXT, duplicate_of INTEGER, fetched_at BIGINT NOT NULL, published_at BIGINT, published_precision TEXT NOT NULL, is_seed BOOLEAN NOT NULL, is_indexed BOOLEAN NOT NULL, revision INTEGER NOT NULL, language TEXT NOT NULL, outlet TEXT NOT NULL, url TEXT NOT NULL, source_id TEXT NOT NULL, feed_url TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, links TEXT NOT NULL, entity_counts TEXT NOT NULL, term_counts TEXT NOT NULL, text TEXT NOT NULL, CONSTRAINT fk_articles_story_id FOREIGN KEY(story_id) REFERENCES stories (id) )
CREATE TABLE audit ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, at BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL , channel TEXT DEFAULT '' NOT NULL)
CREATE TABLE changes ( what TEXT NOT NULL, n BIGINT NOT NULL, CONSTRAINT pk_changes PRIMARY KEY (what) ) WITHOUT ROWID
CREATE TABLE closed_channels ( channel TEXT NOT NULL, reason TEXT NOT NULL, closed_at BIGINT NOT NULL, CONSTRAINT pk_closed_channels PRIMARY KEY (channel) ) WITHOUT ROWID
CREATE TABLE decisions ( article_id INTEGER NOT NULL, revision INTEGER NOT NULL, made_at BIGINT NOT NULL, label TEXT NOT NULL, data TEXT NOT NULL, CONSTRAINT pk_decisions PRIMARY KEY (article_id, revision), CONSTRAINT fk_decisions_article_id FOREIGN KEY(article_id) REFERENCES articles (id) )
CREATE TABLE entities ( id INTEGER NOT NULL, "key" TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, within TEXT NOT NULL, n_articles INTEGER NOT NULL, n_mentions INTEGER NOT NULL, CONSTRAINT pk_entities PRIMARY KEY (id), CONSTRAINT uq_entities_key UNIQUE ("key") )
CREATE TABLE entity_names ( folded TEXT NOT NULL, entity_id INTEGER NOT NULL, CONSTRAINT pk_entity_names PRIMARY KEY (folded, entity_id) ) WITHOUT ROWID
CREATE TABLE event_entities ( entity_id INTEGER NOT NULL, event_id INTEGER NOT NULL, via INTEGER NOT NULL, standing INTEGER DEFAULT '0' NOT NULL, CONSTRAINT pk_event_entities PRIMARY KEY (entity_id, event_id) ) WITHOUT ROWID
CREATE TABLE events ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, story_id INTEGER NOT NULL, kind TEXT NOT NULL, first_on DATE, last_on DATE, precision TEXT NOT NULL, basis TEXT NOT NULL, n_reports INTEGER NOT NULL, n_articles INTEGER NOT NULL, n_lookbacks INTEGER NOT NULL, opened_at BIGINT NOT NULL, CONSTRAINT fk_events_story_id FOREIGN KEY(story_id) REFERENCES stories (id) )
CREATE TABLE feed_health ( feed_id INTEGER NOT NULL, data TEXT NOT NULL, CONSTRAINT pk_feed_health PRIMARY KEY (feed_id) )
CREATE TABLE feedback ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, article_id INTEGER NOT NULL, story_id INTEGER NOT NULL, other_story_id INTEGER, channel TEXT NOT NULL, actor TEXT NOT NULL, at BIGINT NOT NULL, undone_at BIGINT, undone_by TEXT NOT NULL, change TEXT NOT NULL, reason TEXT DEFAULT '' NOT NULL, CONSTRAINT fk_feedback_article_id FOREIGN KEY(article_id) REFERENCES articles (id), CONSTRAINT fk_feedback_other_story_id FOREIGN KEY(other_story_id) REFERENCES stories (id), CONSTRAINT fk_feedback_story_id FOREIGN KEY(story_id) REFERENCES stories (id) )
CREATE TABLE feeds ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL, first_url TEXT NOT NULL, status TEXT NOT NULL, added_at BIGINT NOT NULL, next_poll_at BIGINT NOT NULL, interval_s INTEGER NOT NULL, outlet TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL, body_hash TEXT NOT NULL, n_failures INTEGER NOT NULL, error TEXT NOT NULL, polled_at BIGINT, succeeded_at BIGINT, n_articles INTEGER NOT NULL, moved_to TEXT NOT NULL, n_moves INTEGER NOT NULL, is_primed BOOLEAN NOT NULL, lease_by TEXT, lease_until BIGINT, owner TEXT DEFAULT '' NOT NULL, CONSTRAINT uq_feeds_url UNIQUE (url) )
CREATE TABLE heads ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, story_id INTEGER NOT NULL, channel TEXT NOT NULL, row_id INTEGER NOT NULL, receipt TEXT NOT NULL, thread TEXT NOT NULL, opened_at BIGINT NOT NULL, edited_at BIGINT, n_changes INTEGER NOT NULL, n_shown INTEGER NOT NULL, n_failures INTEGER NOT NULL, closed_at BIGINT, CONSTRAINT fk_heads_row_id FOREIGN KEY(row_id) REFERENCES outbox (id), CONSTRAINT fk_heads_story_id FOREIGN KEY(story_id) REFERENCES stories (id), CONSTRAINT uq_heads_story_id_channel UNIQUE (story_id, channel) )
CREATE TABLE identities ( hash BIGINT NOT NULL, article_id INTEGER NOT NULL, CONSTRAINT pk_identities PRIMARY KEY (hash, article_id) ) WITHOUT ROWID
CREATE TABLE notice_troubles ( trouble_id INTEGER NOT NULL, notice_id INTEGER NOT NULL, CONSTRAINT pk_notice_troubles PRIMARY KEY (trouble_id, notice_id), CONSTRAINT fk_notice_troubles_notice_id FOREIGN KEY(notice_id) REFERENCES notices (id) ) WITHOUT ROWID
CREATE TABLE notices ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, kind TEXT NOT NULL, "key" TEXT NOT NULL, created_at BIGINT NOT NULL, trouble_ids TEXT DEFAULT '[]' NOT NULL, text TEXT DEFAULT '' NOT NULL, under TEXT DEFAULT '' NOT NULL, thread TEXT DEFAULT '' NOT NULL, due_at BIGINT, state TEXT NOT NULL, n_attempts INTEGER DEFAULT '0' NOT NULL, next_try_at BIGINT, lease_by TEXT, lease_until BIGINT, receipt TEXT DEFAULT '' NOT NULL, own_thread TEXT DEFAULT '' NOT NULL, error TEXT DEFAULT '' NOT NULL, sent_at BIGINT, first_tried_at BIGINT, is_stale BOOLEAN DEFAULT 0 NOT NULL, held_by TEXT DEFAULT '' NOT NULL, CONSTRAINT uq_notices_channel_key UNIQUE (channel, "key") )
CREATE TABLE outbox ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL, revision INTEGER NOT NULL, channel TEXT NOT NULL, watch_id INTEGER NOT NULL, label TEXT NOT NULL, state TEXT NOT NULL, created_at BIGINT NOT NULL, n_attempts INTEGER NOT NULL, next_try_at BIGINT, lease_by TEXT, lease_until BIGINT, receipt TEXT NOT NULL, error TEXT NOT NULL, sent_at BIGINT, lead_id INTEGER, first_tried_at BIGINT, due_at BIGINT, is_digest BOOLEAN DEFAULT 0 NOT NULL, held_by TEXT DEFAULT '' NOT NULL, matched TEXT DEFAULT '[]' NOT NULL, CONSTRAINT fk_outbox_article_id FOREIGN KEY(article_id) REFERENCES articles (id), CONSTRAINT uq_outbox_article_id_revision_channel UNIQUE (article_id, revision, channel) )
CREATE TABLE passages ( id INTEGER NOT NULL, first_sentence INTEGER NOT NULL, last_sentence INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, "check" BIGINT NOT NULL, CONSTRAINT pk_passages PRIMARY KEY (id) )
CREATE TABLE report_keys ( entity_id INTEGER NOT NULL, day INTEGER NOT NULL, report_id INTEGER NOT NULL, CONSTRAINT pk_report_keys PRIMARY KEY (entity_id, day, report_id) ) WITHOUT ROWID
CREATE TABLE reports ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, event_id INTEGER NOT NULL, article_id INTEGER NOT NULL, sentence INTEGER NOT NULL, first_on DATE, last_on DATE, precision TEXT NOT NULL, basis TEXT NOT NULL, data TEXT NOT NULL, CONSTRAINT fk_reports_article_id FOREIGN KEY(article_id) REFERENCES articles (id), CONSTRAINT fk_reports_event_id FOREIGN KEY(event_id) REFERENCES events (id) )
CREATE TABLE saved_requests ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, made_at BIGINT NOT NULL, body TEXT NOT NULL )
CREATE TABLE shingles ( hash BIGINT NOT NULL, article_id INTEGER NOT NULL, CONSTRAINT pk_shingles PRIMARY KEY (hash, article_id) ) WITHOUT ROWID
CREATE TABLE signatures ( article_id INTEGER NOT NULL, place INTEGER NOT NULL, data TEXT NOT NULL, CONSTRAINT pk_signatures PRIMARY KEY (article_id, place), CONSTRAINT fk_signatures_article_id FOREIGN KEY(article_id) REFERENCES articles (id) )
CREATE TABLE store_values ( "key" TEXT NOT NULL, value TEXT NOT NULL, CONSTRAINT pk_store_values PRIMARY KEY ("key") )
CREATE TABLE stories ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, opened_at BIGINT NOT NULL, last_at BIGINT NOT NULL, n_articles INTEGER NOT NULL, n_independent INTEGER NOT NULL )
CREATE TABLE story_bonds ( story_id INTEGER NOT NULL, other_id INTEGER NOT NULL, article_id INTEGER NOT NULL, score FLOAT NOT NULL, other_score FLOAT NOT NULL, origin TEXT NOT NULL, at BIGINT NOT NULL, CONSTRAINT pk_story_bonds PRIMARY KEY (story_id, other_id, article_id), CONSTRAINT fk_story_bonds_story_id FOREIGN KEY(story_id) REFERENCES stories (id), CONSTRAINT fk_story_bonds_other_id FOREIGN KEY(other_id) REFERENCES stories (id), CONSTRAINT fk_story_bonds_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ) WITHOUT ROWID
CREATE TABLE story_linkages ( article_id INTEGER NOT NULL, other_id INTEGER NOT NULL, total FLOAT NOT NULL, n_pairs INTEGER NOT NULL, at BIGINT NOT NULL, CONSTRAINT pk_story_linkages PRIMARY KEY (article_id, other_id), CONSTRAINT fk_story_linkages_article_id FOREIGN KEY(article_id) REFERENCES articles (id), CONSTRAINT fk_story_linkages_other_id FOREIGN KEY(other_id) REFERENCES articles (id) ) WITHOUT ROWID
CREATE TABLE story_links ( story_id INTEGER NOT NULL, related_id INTEGER NOT NULL, CONSTRAINT pk_story_links PRIMARY KEY (story_id, related_id), CONSTRAINT fk_story_links_related_id FOREIGN KEY(related_id) REFERENCES stories (id), CONSTRAINT fk_story_links_story_id FOREIGN KEY(story_id) REFERENCES stories (id) ) WITHOUT ROWID
CREATE TABLE terms ( term TEXT NOT NULL, n_articles INTEGER NOT NULL, CONSTRAINT pk_terms PRIMARY KEY (term) ) WITHOUT ROWID
CREATE TABLE touched ( n INTEGER NOT NULL, article_id BIGINT NOT NULL, CONSTRAINT pk_touched PRIMARY KEY (n) )
CREATE TABLE troubles ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, since BIGINT NOT NULL, opened_at BIGINT NOT NULL, closed_at BIGINT, next_try_at BIGINT )
CREATE TABLE visits ( reader TEXT NOT NULL, scope TEXT NOT NULL, topic TEXT NOT NULL, began_at BIGINT NOT NULL, asked_at BIGINT NOT NULL, since_at BIGINT, marks TEXT NOT NULL, entries TEXT NOT NULL, CONSTRAINT pk_visits PRIMARY KEY (reader, scope) )
CREATE TABLE watch_editions ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, watch_id INTEGER NOT NULL, until_at BIGINT NOT NULL, is_end BOOLEAN NOT NULL, data TEXT NOT NULL )
CREATE TABLE watches ( id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, expression TEXT NOT NULL, created_by TEXT NOT NULL, created_at BIGINT NOT NULL, labels TEXT NOT NULL, ping TEXT DEFAULT '' NOT NULL, is_paused BOOLEAN DEFAULT 0 NOT NULL, n_origins INTEGER DEFAULT '1' NOT NULL, schedule TEXT DEFAULT '{}' NOT NULL, muted_until BIGINT, CONSTRAINT uq_watches_channel_expression UNIQUE (channel, expression) )
CREATE TRIGGER tr_articles_delete AFTER DELETE ON articles BEGIN UPDATE changes SET n = n + 1 WHERE what = 'record'; END
CREATE TRIGGER tr_articles_insert AFTER INSERT ON articles BEGIN UPDATE changes SET n = n + 1 WHERE what = 'record'; END
CREATE TRIGGER tr_articles_update AFTER UPDATE ON articles BEGIN UPDATE changes SET n = n + 1 WHERE what = 'record'; END
CREATE TRIGGER tr_feeds_delete AFTER DELETE ON feeds BEGIN UPDATE changes SET n = n + 1 WHERE what = 'record'; END
CREATE TRIGGER tr_feeds_insert AFTER INSERT ON feeds BEGIN UPDATE changes SET n = n + 1 WHERE what = 'record'; END
CREATE TRIGGER tr_feeds_update AFTER UPDATE OF url, first_url ON feeds WHEN OLD.url IS NOT NEW.url BEGIN UPDATE changes SET n = n + 1 WHERE what = 'record'; END
CREATE TRIGGER tr_reports_update AFTER UPDATE OF event_id ON reports BEGIN UPDATE changes SET n = n + 1 WHERE what = 'record'; END
CREATE TRIGGER tr_touched_articles_delete AFTER DELETE ON articles BEGIN INSERT INTO touched (article_id) VALUES (OLD.id); END
CREATE TRIGGER tr_touched_articles_update AFTER UPDATE ON articles BEGIN INSERT INTO touched (article_id) VALUES (OLD.id); END
CREATE TRIGGER tr_touched_insert AFTER INSERT ON touched BEGIN DELETE FROM touched WHERE n <= NEW.n - 1000; END
CREATE TRIGGER tr_touched_reports_update AFTER UPDATE ON reports BEGIN INSERT INTO touched (article_id) VALUES (OLD.article_id); END
CREATE TRIGGER tr_watches_delete AFTER DELETE ON watches BEGIN UPDATE changes SET n = n + 1 WHERE what = 'watches'; END
CREATE TRIGGER tr_watches_insert AFTER INSERT ON watches BEGIN UPDATE changes SET n = n + 1 WHERE what = 'watches'; END
CREATE TRIGGER tr_watches_update AFTER UPDATE ON watches BEGIN UPDATE changes SET n = n + 1 WHERE what = 'watches'; END
CREATE VIRTUAL TABLE passage_words USING fts5(terms, title, content='', tokenize='unicode61 remove_diacritics 2')
