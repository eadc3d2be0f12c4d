"""Twilio's REST resources, one file each; the door to all of them is the account's Basic authentication."""
