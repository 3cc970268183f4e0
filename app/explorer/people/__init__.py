"""The people who use the explorer, and what they saw: for administrators."""
