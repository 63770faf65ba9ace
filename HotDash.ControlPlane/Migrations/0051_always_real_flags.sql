-- Integrations that are always real: on until somebody takes them back.
insert into flags (name, salt) values ('chatwoot', 'chatwoot'), ('shopify', 'shopify');
