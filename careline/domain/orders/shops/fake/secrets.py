"""What the fakes are asked with, and sign with: worth nothing anywhere."""

KEY, SECRET, WEBHOOK_SECRET = "fake_key", "fake_secret", "fake_webhook"
