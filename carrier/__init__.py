"""THE TELEPHONE: all that knows Twilio; plain values go in and come out."""
