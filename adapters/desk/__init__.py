"""Support desks: one adapter for all of them, over what each desk's API and webhooks can do."""
