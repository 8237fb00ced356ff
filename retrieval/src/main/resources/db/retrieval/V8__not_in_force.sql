-- Searches leave out what is not in force. Few documents are, and these find them.
CREATE INDEX documents_draft ON retrieval.documents (id) WHERE draft;
CREATE INDEX documents_superseded ON retrieval.documents (superseded_on) WHERE superseded_on IS NOT NULL;
CREATE INDEX documents_expires ON retrieval.documents (expires_on) WHERE expires_on IS NOT NULL;
CREATE INDEX documents_effective ON retrieval.documents (effective_on) WHERE effective_on IS NOT NULL;
