"""One file per vendor or protocol outside; nothing else imports their libraries (DESIGN 4.10)."""
