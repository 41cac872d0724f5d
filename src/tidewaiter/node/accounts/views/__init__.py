"""The pages of accounts: signing in and one's own settings, people, offices."""
