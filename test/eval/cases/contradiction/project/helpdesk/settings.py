"""What can be set. Read it as settings.NAME."""

# What stands before the number in a mail.
PREFIX = "HD"

# Days for which closed tickets are kept.
KEEP_DAYS = 90
