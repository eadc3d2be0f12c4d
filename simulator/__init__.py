"""A TWILIO YOU CAN HOLD: its REST API, its signed webhooks and a telephone in the browser, on loopback."""
