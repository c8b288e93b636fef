"""Staff fill in the answer form for a household."""
