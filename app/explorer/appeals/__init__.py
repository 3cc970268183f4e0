"""The inbox of appeals: what customers object to, looked at again by a second person."""
