-- The receiver of alerts, where one is configured, is always real: on until somebody takes it back.
insert into flags (name, salt) values ('alert_webhook', 'alert_webhook');
